package io.github.camelakeeba.watch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A site in a long list: the same as alone, but of a run that has ended only how it ended.
 *
 * @param run a {@code RunView}, an {@code EndedRun}, or null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ListedSite(@JsonUnwrapped @JsonIgnoreProperties("run") SiteView site, Object run) {}
