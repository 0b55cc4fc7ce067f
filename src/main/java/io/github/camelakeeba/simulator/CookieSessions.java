package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session cookies of J: a new one for each request that brings none. */
final class CookieSessions {
  private static final String COOKIE = "fa8e1addfb8b88bf804500ecd89ada0d";
  private static final Pattern SENT = Pattern.compile(COOKIE + "=([0-9a-z]+)");
  private static final Pattern BACKUPID = Pattern.compile("\"backupid\":\"(id-[^\"]+)\"");

  private final ProductProfile manner;
  private final ProtocolChecker judge;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  CookieSessions(ProductProfile manner, ProtocolChecker judge) {
    this.manner = manner;
    this.judge = judge;
  }

  /** How many the site has handed out. */
  int count() {
    return known.size();
  }

  HttpReply keep(RecordedRequest request, HttpReply reply) {
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

  private void watch(RecordedRequest request, HttpReply reply, String session) {
    if ("stepBackup".equalsIgnoreCase(request.method())) {
      judge.checkSession(request.param("backupid"), session);
    } else if ("startBackup".equalsIgnoreCase(request.method())) {
      Matcher begun = BACKUPID.matcher(new String(reply.body(), StandardCharsets.US_ASCII));
      if (begun.find()) {
        judge.checkSession(begun.group(1), session);
      }
    }
  }
}
