package io.github.camelakeeba.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads a request for a backup: a site's name, or JSON, bare or as the data of a CloudEvent. */
@Internal
public final class RequestReader {
  private static final int MAX_BODY_LENGTH = 64 * 1024;
  private static final int MAX_DESCRIPTION_LENGTH = 1000;
  private static final String EXPECTED =
      "send a site's name as plain text, or an object such as {\"site\":\"shop\"}";
  private static final Set<String> MEMBERS =
      new TreeSet<>(
          Set.of("site", "profile", "description", "comment", "overrides", "id", "ifBusy"));
  private static final List<String> BULK_STATES = List.of("failed", "missed");
  private static final int MAX_BULK_ID_LENGTH = 125; // with a site it fits
  private static final int MAX_DEPTH = 20; // deeper than any request; more would cost a stack
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Function<String, Site> sites; // null: there is no such site
  private final ScheduleCalculator schedules;
  private final RunListener listener;
  private final Clock clock;

  public RequestReader(
      Map<String, Site> sites, ScheduleCalculator schedules, RunListener listener, Clock clock) {
    this(sites::get, schedules, listener, clock);
  }

  private RequestReader(
      Function<String, Site> sites,
      ScheduleCalculator schedules,
      RunListener listener,
      Clock clock) {
    this.sites = sites;
    this.schedules = schedules;
    this.listener = listener;
    this.clock = clock;
  }

  /** The id of the request that a site's schedule makes at this time. */
  public static String fireId(String site, Instant fire) {
    return site + "@" + fire;
  }

  /** The request of a schedule: one fire time gives one id, however often and late it fires. */
  public BackupRequest scheduled(Site site, Instant fire) {
    return new BackupRequest(
        fireId(site.name(), fire),
        site.name(),
        "schedule",
        site.profile(),
        site.description(),
        site.comment(),
        site.overrides(),
        IfBusy.JOIN,
        fire.plus(schedules.offset(site, fire)),
        "schedule",
        null);
  }

  /** A command's request, of at most 64 KiB; throws {@link RunRefusedException} saying why. */
  public BackupRequest readCommand(byte[] body, String requestedBy) {
    return request(body, "command", new RequestDefaults(null, null, IfBusy.REFUSE, requestedBy));
  }

  /** The same of an HTTP call; without an id of its own, that of the CloudEvent in its headers. */
  public BackupRequest readCall(byte[] body, Map<String, Object> headers, Requester requester) {
    String id = CloudEventHeaders.requestId(headers);
    return limitedTo(requester.visible())
        .request(
            body,
            requester.trigger(),
            new RequestDefaults(null, id, IfBusy.REFUSE, requester.name()));
  }

  private RequestReader limitedTo(Predicate<Collection<String>> visible) {
    Function<String, Site> seen =
        name -> {
          Site site = sites.apply(name);
          return site != null && visible.test(site.tags()) ? site : null;
        };
    return new RequestReader(seen, schedules, listener, clock);
  }

  /**
   * Of a call that names a tag or a state in place of a site; null of any other, as {@link
   * #readCall} reads it. The requests' ids are the sender's, each followed by its site.
   */
  public BulkRequest readBulk(byte[] body, Map<String, Object> headers, Requester requester) {
    try {
      return bulk(body, CloudEventHeaders.requestId(headers), requester);
    } catch (RunRefusedException e) {
      listener.refused(requester.trigger());
      throw e;
    }
  }

  private BulkRequest bulk(byte[] body, String headerId, Requester requester) {
    String text =
        body == null || body.length > MAX_BODY_LENGTH ? "" : Utf8RequestBody.decode(body).strip();
    JsonNode tree = text.startsWith("{") ? tree(text) : NullNode.instance;
    boolean event = tree.has("specversion");
    JsonNode request = event ? tree.path("data") : tree;
    String tag = text(request, "tag", null);
    String state = text(request, "state", null);
    if (tag == null && state == null) {
      return null;
    }
    if (tag != null && state != null || !isAbsent(request.path("site"))) {
      throw invalid("name exactly one of 'site', 'tag' and 'state'");
    }
    if (state != null && !BULK_STATES.contains(state)) {
      throw invalid("the member 'state' is one of " + String.join(", ", BULK_STATES));
    }
    String own = RequestId.validated(text(request, "id", null));
    if (own != null && own.length() > MAX_BULK_ID_LENGTH) {
      throw invalid(
          "the member 'id' has 1 to %s characters where many sites are asked for"
              .formatted(MAX_BULK_ID_LENGTH));
    }
    String id = own != null ? own : event ? RequestId.ofEvent(tree, headerId) : headerId;
    ObjectNode each = request.deepCopy();
    each.remove(List.of("tag", "state", "id"));
    return new BulkRequest(
        tag,
        state,
        site ->
            json(
                each,
                requester.trigger(),
                new RequestDefaults(
                    site.name(),
                    id == null ? null : id + "/" + site.name(),
                    IfBusy.REFUSE,
                    requester.name())));
  }

  /** The same of a trigger's message, which may be empty where the defaults name a site. */
  public BackupRequest readEvent(byte[] body, RequestDefaults defaults) {
    return request(body, "event", defaults);
  }

  private BackupRequest request(byte[] body, String trigger, RequestDefaults defaults) {
    try {
      return parsed(body, trigger, defaults);
    } catch (RunRefusedException e) {
      listener.refused(trigger);
      throw e;
    }
  }

  private BackupRequest parsed(byte[] body, String trigger, RequestDefaults defaults) {
    if (body != null && body.length > MAX_BODY_LENGTH) {
      throw invalid("the body is longer than 64 KiB");
    }
    String text = Utf8RequestBody.decode(body).strip();
    JsonNode tree = text.startsWith("{") ? tree(text) : null;
    if (tree != null && tree.has("specversion")) {
      return readEvent(tree, trigger, defaults);
    }
    return tree == null ? plain(text, trigger, defaults) : json(tree, trigger, defaults);
  }

  private BackupRequest readEvent(JsonNode event, String trigger, RequestDefaults defaults) {
    RequestDefaults known =
        new RequestDefaults(
            defaults.site(),
            RequestId.ofEvent(event, defaults.id()),
            defaults.ifBusy(),
            defaults.requestedBy());
    JsonNode data = event.path("data");
    if (data.isObject()) {
      return json(data, trigger, known);
    }
    String text = dataText(event).strip();
    return text.startsWith("{") ? json(tree(text), trigger, known) : plain(text, trigger, known);
  }

  /** The data of an event as text, be it bytes; "" when there is none. */
  private static String dataText(JsonNode event) {
    JsonNode data = event.path("data");
    JsonNode bytes = event.path("data_base64");
    boolean none = isAbsent(data);
    if (!none && !data.isTextual() || !none && event.has("data_base64")) {
      throw invalid(
          "the CloudEvent has no data that is an object, a text, or bytes in data_base64");
    }
    if (!none) {
      return data.textValue();
    }
    try {
      return Utf8RequestBody.decode(Base64.getDecoder().decode(bytes.asText("")));
    } catch (IllegalArgumentException e) {
      throw invalid("the CloudEvent's data_base64 is no Base64");
    }
  }

  private BackupRequest plain(String text, String trigger, RequestDefaults defaults) {
    if (text.isEmpty() && defaults.site() == null) {
      throw invalid("the body is empty; " + EXPECTED);
    }
    String name = text.isEmpty() ? defaults.site() : text;
    if (sites.apply(name) == null) {
      checkShape(name);
    }
    Site site = site(name);
    return new BackupRequest(
        RequestId.bounded(defaults.id()),
        name,
        trigger,
        site.profile(),
        site.description(),
        site.comment(),
        site.overrides(),
        defaults.ifBusy(),
        clock.instant(),
        defaults.requestedBy(),
        null);
  }

  /** JSON that is no object names no site. */
  private static void checkShape(String text) {
    if (text.startsWith("\"") || text.equals("null")) {
      throw invalid(
          "the body is JSON, but no object (%s); %s"
              .formatted(text.equals("null") ? "null" : "a string", EXPECTED));
    }
    if (text.startsWith("[")) {
      throw invalid(
          tree(text).path(0).has("specversion")
              ? "the body is a batch of CloudEvents; send each event by itself"
              : "the body is JSON, but no object (an array); " + EXPECTED);
    }
  }

  private BackupRequest json(JsonNode request, String trigger, RequestDefaults defaults) {
    for (var members = request.fieldNames(); members.hasNext(); ) {
      String member = members.next();
      if (!MEMBERS.contains(member)) {
        throw invalid(
            "unknown member '%s'; allowed: %s".formatted(UntrustedText.asName(member), MEMBERS));
      }
    }
    Site site = site(text(request, "site", defaults.site()));
    String own = RequestId.validated(text(request, "id", null));
    return new BackupRequest(
        own == null ? RequestId.bounded(defaults.id()) : own,
        site.name(),
        trigger,
        profile(request, site),
        text(request, "description", site.description()),
        text(request, "comment", site.comment()),
        overrides(request, site),
        busy(text(request, "ifBusy", null), defaults.ifBusy()),
        clock.instant(),
        defaults.requestedBy(),
        null);
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (StreamConstraintsException e) {
      throw invalid(
          "the body is no request: it nests more than %s deep, or holds a number of endless length"
              .formatted(MAX_DEPTH));
    } catch (JsonProcessingException e) {
      throw invalid("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  private Site site(String name) {
    if (name == null || name.isEmpty()) {
      throw invalid("the member 'site' is missing; it names a site of sites.yaml");
    }
    Site site = sites.apply(name);
    if (site == null) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE,
          "there is no site '%s' in sites.yaml as it was last read"
              .formatted(UntrustedText.asName(name)));
    }
    if (!site.enabled()) {
      throw new RunRefusedException(
          Reason.DISABLED, "the site %s is switched off (enabled: false)".formatted(name));
    }
    return site;
  }

  private static int profile(JsonNode request, Site site) {
    JsonNode profile = request.path("profile");
    if (isAbsent(profile)) {
      return site.profile();
    }
    if (!profile.canConvertToExactIntegral()
        || !profile.canConvertToInt()
        || profile.intValue() < 1) {
      throw invalid("the member 'profile' is a whole number from 1");
    }
    return profile.intValue();
  }

  private static Map<String, String> overrides(JsonNode request, Site site) {
    JsonNode overrides = request.path("overrides");
    if (isAbsent(overrides)) {
      return site.overrides();
    }
    Map<String, String> settings = new LinkedHashMap<>(site.overrides());
    for (var entry : overrides.properties()) {
      if (!entry.getValue().isValueNode()) {
        throw invalid(
            "the override '%s' is a text or a number"
                .formatted(UntrustedText.asName(entry.getKey())));
      }
      settings.put(entry.getKey(), entry.getValue().asText());
    }
    if (!overrides.isObject()) {
      throw invalid("the member 'overrides' is an object");
    }
    return settings;
  }

  private static IfBusy busy(String value, IfBusy otherwise) {
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "queue" -> IfBusy.QUEUE;
      case "refuse" -> IfBusy.REFUSE;
      default -> throw invalid("the member 'ifBusy' is 'queue' or 'refuse'");
    };
  }

  private static String text(JsonNode request, String member, String otherwise) {
    JsonNode value = request.path(member);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw invalid("the member '%s' is a text".formatted(member));
    }
    String text = value.textValue();
    if (text.indexOf('\0') >= 0) {
      throw invalid("the member '%s' must not hold the character NUL".formatted(member));
    }
    if (member.equals("description") && text.length() > MAX_DESCRIPTION_LENGTH) {
      throw invalid(
          "the member 'description' has at most %s characters".formatted(MAX_DESCRIPTION_LENGTH));
    }
    return text;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  static RunRefusedException invalid(String message) {
    return new RunRefusedException(Reason.BAD_REQUEST, message);
  }
}
