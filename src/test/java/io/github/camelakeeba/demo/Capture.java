package io.github.camelakeeba.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of recorded exchanges with a real server, read from {@code src/test/resources/captures}.
 */
record Capture(String name, List<Exchange> exchanges) {
  private static final Pattern RESPONSE =
      Pattern.compile("(?m)^-------- RESPONSE .*body (\\d+) bytes\\)\n");

  /** Reads a file by its name. */
  static Capture of(String name) {
    try (InputStream in = Capture.class.getResourceAsStream("/captures/" + name)) {
      // Latin-1 keeps every byte as it is
      String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      List<Exchange> exchanges = new ArrayList<>();
      String[] blocks = text.split("(?m)^======== \\[\\d+\\].*\n-------- REQUEST\n");
      for (int i = 1; i < blocks.length; i++) {
        exchanges.add(exchange(blocks[i]));
      }
      return new Capture(name, List.copyOf(exchanges));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean joomla() {
    return name.startsWith("joomla");
  }

  /** The exchanges of one API method, in the order recorded. */
  List<Exchange> of(List<String> methods) {
    return exchanges.stream().filter(each -> methods.contains(each.request().method())).toList();
  }

  private static Exchange exchange(String block) {
    Matcher response = RESPONSE.matcher(block);
    if (!response.find()) {
      throw new IllegalArgumentException("no response in: " + block);
    }
    RecordedRequest request = request(block.substring(0, response.start()));
    String answer = block.substring(response.end());
    if (!answer.startsWith("HTTP/")) {
      return new Exchange(request, 0, "", Map.of(), new byte[0], false);
    }
    int blank = answer.indexOf("\n\n");
    String[] head = answer.substring(0, blank).split("\n");
    String[] status = head[0].split(" ", 3);
    String rest = answer.substring(blank + 2);
    // the stated length is from before paths and names were replaced by samples
    boolean abridged = rest.contains("\n... [" + response.group(1) + " bytes, sha256");
    String body = rest.split(abridged ? "\n\\.\\.\\. \\[" : "\n#### NOTE")[0].stripTrailing();
    return new Exchange(
        request, Integer.parseInt(status[1]), status[2], headers(head), bytes(body), abridged);
  }

  private static RecordedRequest request(String text) {
    int blank = text.indexOf("\n\n");
    String[] head = text.substring(0, blank).split("\n");
    String[] line = head[0].split(" ");
    Map<String, String> headers = new LinkedHashMap<>();
    headers(head).forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    byte[] body = bytes(text.substring(blank + 2).strip());
    return new RecordedRequest(0, line[0], line[1], false, headers, body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> headers(String[] head) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.put(head[i].substring(0, colon), head[i].substring(colon + 1).strip());
    }
    return headers;
  }
}
