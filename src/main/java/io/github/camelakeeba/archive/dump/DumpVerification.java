package io.github.camelakeeba.archive.dump;

import java.util.List;

/** What a dump is worth: why it can't be relied on, or null, and what a person should check. */
public record DumpVerification(String failure, List<String> warnings) {
  /** Nothing was found; also where there is no dump. */
  public static final DumpVerification NONE = new DumpVerification(null, List.of());
}
