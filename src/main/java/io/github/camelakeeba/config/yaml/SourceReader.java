package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.source.SourceContent.Format;
import io.github.camelakeeba.config.source.SourceRequest;
import io.github.camelakeeba.config.source.SourceRequest.Kind;
import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One entry of {@code sources}: what is asked for, and how. */
final class SourceReader {
  private final Path folder;
  private final SecretReader secrets;

  /** Relative names of lists start at the folder. */
  SourceReader(Path folder, SecretReader secrets) {
    this.folder = folder;
    this.secrets = secrets;
  }

  /** Null: something is wrong, which is reported. */
  SourceRequest read(ConfigSection source) {
    if (!source.hasKeyOrFile("from")) {
      source.problem(
          "from",
          "'from' is missing; write the name of a file such as sites.csv, an address, or the URI of"
              + " a Camel endpoint, or 'fromFile'");
    }
    Secret written = secrets.unmasked(source, "from");
    Map<String, Secret> headers =
        new LinkedHashMap<>(ChannelReader.headers(source.child("headers")));
    Secret token = secrets.read(source, "token");
    Duration timeout = source.parsed("timeout", Durations::positive);
    if (written == null || timeout == null) {
      return null;
    }
    Kind kind = SourceRequest.kind(written.reveal());
    // a file's name is no secret, and would be blotted out of every sentence about it
    Secret from = kind == Kind.FILE ? written : Secret.address(written.reveal());
    boolean right =
        checkCredentials(source, kind, from, headers)
            & (!source.has("format") || format(source) != null)
            & source.parsed("shrunk", SiteReader::percent) != null
            & source.parsed(source.keyOrFile("from"), any -> checked(kind, from)) != null;
    if (token != null) {
      headers.put("Authorization", new Secret("Bearer " + token.reveal()));
    }
    return right ? new SourceRequest(from, folder, Map.copyOf(headers), timeout) : null;
  }

  private static boolean checkCredentials(
      ConfigSection source, Kind kind, Secret from, Map<String, Secret> headers) {
    boolean token = source.hasKeyOrFile("token");
    if (kind != Kind.HTTP) {
      if (token || !headers.isEmpty()) {
        source.problem(
            token ? source.keyOrFile("token") : "headers",
            "is sent to an address only, https:// or http://; here 'from' is none");
        return false;
      }
      return true;
    }
    boolean user = from.reveal().matches("[a-zA-Z]+://[^/?#]*@.*");
    boolean header =
        headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Authorization"));
    if (token && (user || header) || user && header) {
      source.problem(
          token ? source.keyOrFile("token") : "headers",
          "there is more than one of token, user:password@ in 'from' and the header Authorization;"
              + " keep one");
      return false;
    }
    return true;
  }

  private Object checked(Kind kind, Secret from) {
    return switch (kind) {
      case FILE -> folder.resolve(from.reveal());
      case HTTP -> address(from);
      case CAMEL -> from;
    };
  }

  private static URI address(Secret from) {
    URI address = AbsoluteUrl.parse(from.reveal(), Set.of("http", "https")).uri();
    if (AbsoluteUrl.isCleartext(address)) {
      throw new IllegalArgumentException(
          "must begin with https://: whoever listens reads the list and may change it; http is for"
              + " this machine only");
    }
    return address;
  }

  /** As the entry says; null: the list itself does. */
  static Format format(ConfigSection source) {
    return source.parsed("format", word -> Format.valueOf(word.toUpperCase(Locale.ROOT)));
  }
}
