package io.github.camelakeeba.demo;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session cookies of J: a new one for each request that brings none. */
final class Sessions {
  private static final String COOKIE = "fa8e1addfb8b88bf804500ecd89ada0d";
  private static final Pattern SENT = Pattern.compile(COOKIE + "=([0-9a-z]+)");
  private static final Pattern BACKUPID = Pattern.compile("\"backupid\":\"(id-[^\"]+)\"");

  private final Manner manner;
  private final Judge judge;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  Sessions(Manner manner, Judge judge) {
    this.manner = manner;
    this.judge = judge;
  }

  /** How many the site has handed out. */
  int count() {
    return known.size();
  }

  Reply keep(RecordedRequest request, Reply reply) {
    if (!manner.joomla()) {
      return reply;
    }
    Matcher sent = SENT.matcher(request.header("cookie"));
    boolean old = sent.find() && known.contains(sent.group(1));
    String session = old ? sent.group(1) : UUID.randomUUID().toString().replace("-", "");
    known.add(session);
    watch(request, reply, session);
    return old ? reply : reply.header("Set-Cookie", COOKIE + "=" + session + "; path=/; HttpOnly");
  }

  private void watch(RecordedRequest request, Reply reply, String session) {
    if ("stepBackup".equalsIgnoreCase(request.method())) {
      judge.session(request.param("backupid"), session);
    } else if ("startBackup".equalsIgnoreCase(request.method())) {
      Matcher begun = BACKUPID.matcher(new String(reply.body(), StandardCharsets.US_ASCII));
      if (begun.find()) {
        judge.session(begun.group(1), session);
      }
    }
  }
}
