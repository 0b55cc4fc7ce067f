package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What comes before the API methods: faults, basic authentication, routing, the credential. */
final class FrontController {
  final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final SimulatorSettings settings;
  private final ApiMethods methods;
  private final CookieSessions sessions;
  private final AuthRules auth;
  private final ProtocolChecker checker;
  private final HttpListener listener;

  FrontController(
      SimulatorSettings settings,
      ApiMethods methods,
      CookieSessions sessions,
      AuthRules auth,
      ProtocolChecker checker,
      HttpListener listener) {
    this.settings = settings;
    this.methods = methods;
    this.sessions = sessions;
    this.auth = auth;
    this.checker = checker;
    this.listener = listener;
  }

  HttpReply answer(RecordedRequest request, String path) throws InterruptedException {
    checker.checkSize(request);
    // all of them: each fault counts the request
    List<Fault> matching = faults.stream().filter(each -> each.matches(request.method())).toList();
    Fault fault = matching.isEmpty() ? Fault.NONE : matching.get(0);
    if (fault.background) {
      listener.background(() -> workLater(request, path, fault));
    }
    return fault.change(
        fault.works && !fault.background
            ? work(request, path, fault)
            : HttpReply.empty(fault.background ? 504 : 200));
  }

  private void workLater(RecordedRequest request, String path, Fault fault) {
    try {
      listener.pause(fault.delay);
      work(request, path, fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpReply work(RecordedRequest request, String path, Fault fault)
      throws InterruptedException {
    if (!isBasicAuthValid(request)) {
      return HttpReply.html(401, HtmlErrorPages.gateway(401, "Authorization Required"))
          .header("WWW-Authenticate", "Basic realm=\"site\"");
    }
    HttpReply before = auth.webServerReply(request, path);
    return before != null
        ? before
        : sessions.keep(request, api(request, auth.entryPoint(request, path), fault));
  }

  private HttpReply api(RecordedRequest request, AuthRules.EntryPoint entryPoint, Fault fault)
      throws InterruptedException {
    if (AuthRules.credentials(request) > 1) {
      checker.addViolation("more than one credential: " + request);
    }
    int status = auth.rejectionStatus(request, entryPoint);
    if (status != 0) {
      return methods.json(status, TextNode.valueOf("Access denied"));
    }
    if (!List.of("GET", "POST", "HEAD").contains(request.verb())) {
      return methods.json(405, TextNode.valueOf("Invalid HTTP method " + request.verb()));
    }
    try {
      return methods.answer(request, fault);
    } catch (Engine.WorkerKilledException killed) {
      return HttpReply.html(502, HtmlErrorPages.gateway(502, "Bad Gateway"));
    }
  }

  private boolean isBasicAuthValid(RecordedRequest request) {
    if (settings.basicAuth == null) {
      return true;
    }
    byte[] expected = settings.basicAuth.getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(expected);
    return request.header("authorization").equals(header);
  }
}
