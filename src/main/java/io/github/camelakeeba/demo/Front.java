package io.github.camelakeeba.demo;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What stands before the API methods: faults, basic authentication, routing, the credential. */
final class Front {
  private final Settings settings;
  private final ApiMethods methods;
  private final Sessions sessions;
  private final Access access;
  private final Judge judge;
  private final HttpListener listener;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  Front(
      Settings settings,
      ApiMethods methods,
      Sessions sessions,
      Access access,
      Judge judge,
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

  Reply answer(RecordedRequest request, String path) throws InterruptedException {
    judge.size(request);
    // every fault counts the request, also those that come too late to meet it
    List<Fault> met = faults.stream().filter(each -> each.meets(request.method())).toList();
    Optional<Fault> fault = met.stream().findFirst();
    if (fault.isEmpty()) {
      return worked(request, path, Mishap.NONE);
    }
    return fault.get().change(underlying(fault.get(), request, path));
  }

  private Reply underlying(Fault fault, RecordedRequest request, String path)
      throws InterruptedException {
    if (fault.background()) {
      listener.background(() -> workedOn(request, path, fault));
      return Reply.empty(504);
    }
    return fault.worked() ? worked(request, path, fault.mishap()) : Reply.empty(200);
  }

  private void workedOn(RecordedRequest request, String path, Fault fault) {
    try {
      listener.pause(fault.late());
      worked(request, path, fault.mishap());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply worked(RecordedRequest request, String path, Mishap mishap)
      throws InterruptedException {
    if (!basicAuthFits(request)) {
      return Reply.html(401, Pages.gateway(401, "Authorization Required"))
          .header("WWW-Authenticate", "Basic realm=\"site\"");
    }
    Reply before = access.before(request, path);
    return before != null
        ? before
        : sessions.keep(request, api(request, access.door(request, path), mishap));
  }

  private Reply api(RecordedRequest request, Access.Door door, Mishap mishap)
      throws InterruptedException {
    if (Access.credentials(request) > 1) {
      judge.violated("more than one credential: " + request);
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
    } catch (WorkerKilled killed) {
      return Reply.html(502, Pages.gateway(502, "Bad Gateway"));
    }
  }

  private boolean basicAuthFits(RecordedRequest request) {
    if (settings.basicAuth == null) {
      return true;
    }
    byte[] expected = settings.basicAuth.getBytes(StandardCharsets.UTF_8);
    return request
        .header("authorization")
        .equals("Basic " + Base64.getEncoder().encodeToString(expected));
  }
}
