package io.github.camelakeeba.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.notify.NotifiedChannel;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.watch.ProofState;
import io.github.camelakeeba.watch.SiteFilter;
import io.github.camelakeeba.watch.SiteOrder;
import io.github.camelakeeba.watch.SiteState;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusQueries;
import io.github.camelakeeba.watch.StatusQueries.SitePage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The sites and the state of everything. */
public final class SitesResource {
  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_TEXT = 100;
  private static final List<String> PARAMETERS =
      List.of("state", "tag", "proof", "q", "sort", "limit", "after");

  private final StatusQueries status;
  private final NotificationRouter rules;

  public SitesResource(StatusQueries status, NotificationRouter rules) {
    this.status = status;
    this.rules = rules;
  }

  /**
   * A site alone.
   *
   * @param shrunk percent of the last good archive below which one is a warning; 0: never
   * @param notifies null: the caller may not know of channels
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record LoneSite(@JsonUnwrapped SiteView site, int shrunk, List<NotifiedChannel> notifies) {}

  /**
   * All sites, in the configuration's order; with one of the parameters a part of them, by name
   * unless {@code sort} says otherwise.
   */
  public RestResponse sites(Exchange call) {
    Map<String, Object> given = new LinkedHashMap<>();
    PARAMETERS.forEach(
        name -> {
          Object value = call.getMessage().getHeader(name);
          if (value != null && !value.equals("")) {
            given.put(name, value);
          }
        });
    Caller caller = Caller.of(call);
    SiteFilter filter =
        new SiteFilter(
            words("state", given.get("state"), SiteState.words(), SiteState::valueOf),
            new LinkedHashSet<>(QueryParameters.list(given.get("tag"))),
            words("proof", given.get("proof"), ProofState.words(), ProofState::valueOf),
            text(given.get("q")),
            caller::sees);
    int limit = QueryParameters.limit(given.get("limit"), Integer.MAX_VALUE);
    SiteOrder.Sort sort = given.isEmpty() ? null : sort(given.get("sort"));
    String after = after(given.get("after"), sort, caller);
    SitePage page = status.page(filter, sort, after, limit);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Total-Count", String.valueOf(page.total()));
    if (page.last() != null) {
      given.put("after", page.last());
      headers.put("Link", "</api/sites?%s>; rel=\"next\"".formatted(query(given)));
    }
    return RestResponse.json(200, page.sites()).with(headers);
  }

  private static String query(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            one ->
                (one.getValue() instanceof List<?> several ? several : List.of(one.getValue()))
                    .stream().map(value -> one.getKey() + "=" + encode(String.valueOf(value))))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
  }

  private static <T> Set<T> words(
      String name, Object value, List<String> allowed, Function<String, T> valueOf) {
    Set<T> wanted = new LinkedHashSet<>();
    for (String word : QueryParameters.list(value)) {
      if (!allowed.contains(word)) {
        throw QueryParameters.invalid(
            "the parameter '%s' is one or several of %s, separated by commas"
                .formatted(name, String.join(", ", allowed)));
      }
      wanted.add(valueOf.apply(word.toUpperCase(Locale.ROOT)));
    }
    return wanted;
  }

  private static String text(Object value) {
    String text = QueryParameters.singleValue("q", value);
    if (text != null && text.length() > MAX_TEXT) {
      throw QueryParameters.invalid(
          "the parameter 'q' is a part of a name, a title or a tag, of at most "
              + MAX_TEXT
              + " characters");
    }
    return text;
  }

  private static SiteOrder.Sort sort(Object value) {
    String word = QueryParameters.singleValue("sort", value);
    Map<String, SiteOrder.Sort> allowed = SiteOrder.sorts();
    if (word != null && !allowed.containsKey(word)) {
      throw QueryParameters.invalid(
          "the parameter 'sort' is one of " + String.join(", ", allowed.keySet()));
    }
    return word == null ? SiteOrder.Sort.BY_NAME : allowed.get(word);
  }

  private String after(Object value, SiteOrder.Sort sort, Caller caller) {
    String after = QueryParameters.singleValue("after", value);
    if (after == null) {
      return null;
    }
    boolean named = SITE.matcher(after).matches();
    if (!named || sort.order() != SiteOrder.NAME && !status.has(after, caller::sees)) {
      throw QueryParameters.invalid(
          "the parameter 'after' is the name of a site, such as the last one of the page before");
    }
    return after;
  }

  public RestResponse site(Exchange call, String name) {
    Caller caller = Caller.of(call);
    SiteView site =
        status
            .site(name)
            .filter(one -> caller.sees(one.tags()))
            .orElseThrow(SitesResource::unknown);
    return RestResponse.json(
        200,
        new LoneSite(
            site, status.shrunk(name), caller.tags().isEmpty() ? rules.notified(name) : null));
  }

  public RestResponse status(Exchange call) {
    Caller caller = Caller.of(call);
    return RestResponse.json(200, status.view(caller::sees, caller.tags().isEmpty()));
  }

  public static RunRefusedException unknown() {
    return new RunRefusedException(
        Reason.UNKNOWN_SITE, "there is no such site in sites.yaml as it was last read");
  }
}
