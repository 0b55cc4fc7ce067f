package io.github.camelakeeba.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code src/test/resources/captures}. */
public final class Captures {
  private static final List<String> NAMES =
      List.of(
          "japi3-22-joomla-api-v3",
          "joomla-01-happy-path",
          "joomla-02-auth",
          "joomla-03-methods",
          "joomla-04-step-errors",
          "joomla-05-step-after-finish",
          "joomla-06-nonexistent-profile",
          "joomla-09-error-mid-backup",
          "joomla-10-warnings",
          "joomla-12-lost-response",
          "joomla-18-multipart-profile8",
          "joomla-29-site-down",
          "wp-01-happy-path",
          "wp-02-auth",
          "wp-04-step-errors",
          "wp-05-step-after-finish",
          "wp-08-unwritable-output",
          "wp-10-warnings",
          "wp-29-site-down",
          "wp-30-download-edge");

  private static final Pattern EXCHANGE =
      Pattern.compile(
          "\\[(\\d+)] \\S+ \\S+ ?([^\n]*)\n-------- REQUEST\n(.*?)\n"
              + "-------- RESPONSE \\([^\n]*body (\\d+) bytes\\)\n(.*)",
          Pattern.DOTALL);
  private static final Pattern METHOD = Pattern.compile("[?&]method=([^&]*)");
  private static final Pattern V3_PATH = Pattern.compile("/v3/akeebabackup/(\\w+)");
  private static final Pattern CUT = Pattern.compile("\n\\.\\.\\. \\[\\d+ bytes, sha256 \\w+]");

  private Captures() {}

  /** Every exchange of every recording. */
  public static List<CapturedExchange> all() {
    return NAMES.stream().flatMap(name -> of(name).stream()).toList();
  }

  /** The exchanges of one recording in their order; the name is the file's, without its ending. */
  public static List<CapturedExchange> of(String name) {
    List<CapturedExchange> exchanges = new ArrayList<>();
    String[] sections = text(name).split("(?m)^======== ");
    for (int i = 1; i < sections.length; i++) {
      exchanges.add(exchange(name, sections[i]));
    }
    return exchanges;
  }

  private static String text(String name) {
    String path = "/captures/" + name + ".txt";
    try (InputStream in = Captures.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CapturedExchange exchange(String name, String section) {
    Matcher parts = EXCHANGE.matcher(section);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          name + ": not an exchange: " + section.lines().findFirst());
    }
    Message request = Message.of(parts.group(3));
    Message response = Message.of(parts.group(5).split("\n\n#### NOTE", 2)[0]);
    String[] asked = request.firstLine().split(" ");
    boolean answered = response.firstLine().startsWith("HTTP/");
    String body = body(response.body(), Integer.parseInt(parts.group(4)));
    return new CapturedExchange(
        name,
        Integer.parseInt(parts.group(1)),
        parts.group(2).strip(),
        asked[0],
        asked[1],
        method(asked[1], request.body()),
        request.headers(),
        request.body(),
        answered ? Integer.parseInt(response.firstLine().split(" ")[1]) : 0,
        response.headers(),
        body.getBytes(StandardCharsets.UTF_8),
        answered && !CUT.matcher(body).find());
  }

  /** The recording adds line ends after a body; the body's own last one is told by its length. */
  private static String body(String recorded, int length) {
    String bare = recorded.replaceAll("\n+$", "");
    return recorded.startsWith(bare + "\n") && length == bare.length() + 1 ? bare + "\n" : bare;
  }

  private static String method(String target, String body) {
    Matcher sent = METHOD.matcher("?" + body);
    if (sent.find()) {
      return sent.group(1);
    }
    Matcher asked = METHOD.matcher(target);
    if (asked.find()) {
      return asked.group(1);
    }
    Matcher path = V3_PATH.matcher(target);
    return path.find() ? path.group(1) : "";
  }

  private record Message(String firstLine, Map<String, String> headers, String body) {
    static Message of(String text) {
      String[] halves = text.split("\n\n", 2);
      String[] lines = halves[0].split("\n");
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
      return new Message(lines[0], headers, halves.length == 2 ? halves[1] : "");
    }
  }
}
