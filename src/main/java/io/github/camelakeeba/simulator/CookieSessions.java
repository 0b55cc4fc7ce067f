package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session cookies of Joomla: a new one for each request that brings none. */
final class CookieSessions {
  private static final String COOKIE = "fa8e1addfb8b88bf804500ecd89ada0d";
  private static final Pattern SENT = Pattern.compile(COOKIE + "=([0-9a-z]+)");
  private static final Pattern BACKUPID = Pattern.compile("\"backupid\":\"(id-[^\"]+)\"");

  private final ProductProfile product;
  private final ProtocolChecker checker;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  CookieSessions(ProductProfile product, ProtocolChecker checker) {
    this.product = product;
    this.checker = checker;
  }

  int count() {
    return known.size();
  }

  HttpReply keep(RecordedRequest request, HttpReply reply) {
    if (!product.joomla()) {
      return reply;
    }
    Matcher sent = SENT.matcher(request.header("cookie"));
    boolean valid = sent.find() && known.contains(sent.group(1));
    String session = valid ? sent.group(1) : UUID.randomUUID().toString().replace("-", "");
    known.add(session);
    check(request, reply, session);
    return valid
        ? reply
        : reply.header("Set-Cookie", COOKIE + "=" + session + "; path=/; HttpOnly");
  }

  private void check(RecordedRequest request, HttpReply reply, String session) {
    if ("stepBackup".equalsIgnoreCase(request.method())) {
      checker.checkSession(request.param("backupid"), session);
    } else if ("startBackup".equalsIgnoreCase(request.method())) {
      Matcher started = BACKUPID.matcher(new String(reply.body(), StandardCharsets.US_ASCII));
      if (started.find()) {
        checker.checkSession(started.group(1), session);
      }
    }
  }
}
