package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What comes before the API methods: faults, basic authentication, routing, the credential. */
final class FrontController {
  private final SimulatorSettings settings;
  private final ApiMethods methods;
  private final CookieSessions sessions;
  private final AuthRules access;
  private final ProtocolChecker judge;
  private final HttpListener listener;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  FrontController(
      SimulatorSettings settings,
      ApiMethods methods,
      CookieSessions sessions,
      AuthRules access,
      ProtocolChecker judge,
      HttpListener listener) {
    this.settings = settings;
    this.methods = methods;
    this.sessions = sessions;
    this.access = access;
    this.judge = judge;
    this.listener = listener;
  }

  void add(Fault fault) {
    faults.add(fault);
  }

  void clearFaults() {
    faults.clear();
  }

  HttpReply answer(RecordedRequest request, String path) throws InterruptedException {
    judge.checkSize(request);
    // every fault counts the request, also those that come too late to meet it
    List<Fault> met = faults.stream().filter(each -> each.matches(request.method())).toList();
    Optional<Fault> fault = met.stream().findFirst();
    if (fault.isEmpty()) {
      return worked(request, path, WorkerFault.NONE);
    }
    return fault.get().change(underlying(fault.get(), request, path));
  }

  private HttpReply underlying(Fault fault, RecordedRequest request, String path)
      throws InterruptedException {
    if (fault.background()) {
      listener.background(() -> workedOn(request, path, fault));
      return HttpReply.empty(504);
    }
    return fault.worked() ? worked(request, path, fault.workerFault()) : HttpReply.empty(200);
  }

  private void workedOn(RecordedRequest request, String path, Fault fault) {
    try {
      listener.pause(fault.late());
      worked(request, path, fault.workerFault());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpReply worked(RecordedRequest request, String path, WorkerFault mishap)
      throws InterruptedException {
    if (!isBasicAuthValid(request)) {
      return HttpReply.html(401, HtmlErrorPages.gateway(401, "Authorization Required"))
          .header("WWW-Authenticate", "Basic realm=\"site\"");
    }
    HttpReply before = access.webServerReply(request, path);
    return before != null
        ? before
        : sessions.keep(request, api(request, access.entryPoint(request, path), mishap));
  }

  private HttpReply api(RecordedRequest request, AuthRules.EntryPoint door, WorkerFault mishap)
      throws InterruptedException {
    if (AuthRules.credentials(request) > 1) {
      judge.addViolation("more than one credential: " + request);
    }
    int refusal = access.refusal(request, door);
    if (refusal != 0) {
      return methods.json(refusal, TextNode.valueOf("Access denied"));
    }
    if (!List.of("GET", "POST", "HEAD").contains(request.verb())) {
      return methods.json(405, TextNode.valueOf("Invalid HTTP method " + request.verb()));
    }
    try {
      return methods.answer(request, mishap);
    } catch (WorkerKilledException killed) {
      return HttpReply.html(502, HtmlErrorPages.gateway(502, "Bad Gateway"));
    }
  }

  private boolean isBasicAuthValid(RecordedRequest request) {
    if (settings.basicAuth == null) {
      return true;
    }
    byte[] expected = settings.basicAuth.getBytes(StandardCharsets.UTF_8);
    return request
        .header("authorization")
        .equals("Basic " + Base64.getEncoder().encodeToString(expected));
  }
}
