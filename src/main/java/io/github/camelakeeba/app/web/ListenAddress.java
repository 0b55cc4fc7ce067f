package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.AccessFilter.Refusal;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.service.WebServer.Served;
import io.github.camelakeeba.service.settings.ApiAccess;
import io.github.camelakeeba.service.settings.ObserveSettings;
import io.github.camelakeeba.service.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * An address that the web server listens at, and what is open there. What opens one opens no other.
 *
 * @param key of the port in the configuration; null: it is any free one
 * @param names by which the server knows itself here
 */
record ListenAddress(
    String host,
    int port,
    String key,
    Set<Area> areas,
    ApiAccess access,
    HostNames names,
    FailedAttempts attempts,
    Supplier<Set<String>> hooks) {
  private static final String OBSERVE_PORT = "observe.port";
  private static final Pattern OBSERVE = Pattern.compile("(?i)/observe(/.*)?");

  enum Area {
    /** The HTTP API, the page, the badges, and what is nowhere. */
    API,
    /** The paths of triggers. */
    HOOKS,
    /** Health and metrics. */
    OBSERVE,
    /** The HTTP API for the commands of this home. */
    COMMANDS
  }

  /** Where the request came in. */
  static ListenAddress of(Request request) {
    return request.getConnectionMetaData().getConnector().getBean(ListenAddress.class);
  }

  /**
   * All that are needed.
   *
   * @param commands the token of the home's commands; null: none are taken
   */
  static List<ListenAddress> of(Served served, Secret commands) throws UnknownHostException {
    List<ListenAddress> all = new ArrayList<>();
    if (served.api() != null) {
      addPublic(served, served.api(), all);
    }
    if (commands != null) {
      ApiAccess access = ApiAccess.only(Caller.COMMAND, commands);
      ListenAddress own = address("127.0.0.1", 0, null, EnumSet.of(Area.COMMANDS), access, Set::of);
      // so that nobody's wrong tokens make the first command wait
      own.attempts.succeeded(InetAddress.getByName(own.host), Sha256.hex(commands.reveal()));
      all.add(own);
    }
    return all;
  }

  private static void addPublic(Served served, Settings.Api api, List<ListenAddress> all)
      throws UnknownHostException {
    Set<Area> areas = EnumSet.noneOf(Area.class);
    if (!api.off()) {
      areas.add(Area.API);
    }
    Supplier<Set<String>> hooks = served.hooks()::paths;
    // a reload may bring some where there are none yet
    if (!api.off() || !hooks.get().isEmpty()) {
      areas.add(Area.HOOKS);
    }
    ObserveSettings observe = served.observe();
    String host = Objects.requireNonNullElse(observe.host(), api.host());
    int port = Objects.requireNonNullElse(observe.port(), api.port());
    boolean same = host.equals(api.host()) && port == api.port();
    boolean observed = observe.served(!api.off());
    if (observed && same) {
      areas.add(Area.OBSERVE);
    }
    if (!areas.isEmpty()) {
      all.add(address(api.host(), api.port(), "api.port", areas, api.access(), hooks));
    }
    if (observed && !same) {
      EnumSet<Area> own = EnumSet.of(Area.OBSERVE);
      all.add(address(host, port, OBSERVE_PORT, own, ApiAccess.NOBODY, Set::of));
    }
  }

  private static ListenAddress address(
      String host,
      int port,
      String key,
      Set<Area> areas,
      ApiAccess access,
      Supplier<Set<String>> hooks)
      throws UnknownHostException {
    FailedAttempts attempts = new FailedAttempts(false, System::nanoTime);
    HostNames names = new HostNames(host, access.hosts());
    return new ListenAddress(host, port, key, areas, access, names, attempts, hooks);
  }

  boolean opens(Area area) {
    return areas.contains(area);
  }

  /** Whether a hook of this address is at the path. */
  boolean isHook(String path) {
    return hooks.get().contains(path);
  }

  /** Why nothing is at this path here; null: something may be. */
  Refusal refusal(String path) {
    if (opens(Area.COMMANDS)) {
      return path.startsWith("/api/") ? null : nothing("only the commands of this home call here");
    }
    if (isHook(path)) {
      return null;
    }
    if (OBSERVE.matcher(path).matches()) {
      return opens(Area.OBSERVE)
          ? null
          : nothing("health and metrics are not served here; see the keys backup.observe");
    }
    if (opens(Area.API)) {
      return null;
    }
    return key.equals(OBSERVE_PORT)
        ? nothing("only health and metrics are served here")
        : new Refusal(Kind.API_OFF, "the HTTP API is off: backup.api.token is not set");
  }

  private static Refusal nothing(String detail) {
    return new Refusal(Kind.UNKNOWN_ADDRESS, detail);
  }
}
