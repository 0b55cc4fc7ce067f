package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A web server on an ephemeral loopback port with simulated sites, each below its own path. */
public final class SimulatedServer implements AutoCloseable {
  private final HttpListener listener;
  private final String scheme;
  private final Map<String, SimulatedSite> sites = new ConcurrentHashMap<>();

  private SimulatedServer(String scheme, ServerSocketFactory sockets) {
    this.scheme = scheme;
    this.listener = new HttpListener(sockets, this::answer);
  }

  public static SimulatedServer start() {
    return new SimulatedServer("http", ServerSocketFactory.getDefault());
  }

  public static SimulatedServer start(SSLContext tls) {
    return new SimulatedServer("https", tls.getServerSocketFactory());
  }

  /** A Joomla site below {@code /name/}: after the end of a backup a step gets an error. */
  public SimulatedSite joomla(String name) {
    return add(name, ProductProfile.JOOMLA);
  }

  /** A WordPress site below {@code /name/}: after the end a step begins a phantom backup. */
  public SimulatedSite wordpress(String name) {
    return add(name, ProductProfile.WORDPRESS);
  }

  /** An Akeeba Solo site below {@code /name/}: as WordPress, at another endpoint. */
  public SimulatedSite solo(String name) {
    return add(name, ProductProfile.SOLO);
  }

  /** The server's own address, with a slash at its end; also usable as an HTTP proxy. */
  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + listener.port() + "/");
  }

  public int connections() {
    return listener.connections();
  }

  public int requests() {
    return sites.values().stream().mapToInt(site -> site.requests().size()).sum();
  }

  /** Closes the port and all connections; steps in flight end. */
  @Override
  public void close() {
    listener.close();
  }

  private SimulatedSite add(String name, ProductProfile product) {
    SimulatedSite site = new SimulatedSite(address().resolve(name + "/"), product, listener);
    if (sites.putIfAbsent(name, site) != null) {
      throw new IllegalArgumentException("a site \"" + name + "\" is there already");
    }
    return site;
  }

  private HttpReply answer(RecordedRequest request) throws InterruptedException {
    String path = request.path();
    int slash = path.indexOf('/', 1);
    SimulatedSite site = slash < 0 ? null : sites.get(path.substring(1, slash));
    return site == null
        ? HttpReply.html(404, HtmlErrorPages.gateway(404, "Not Found"))
        : site.answer(request, path.substring(slash + 1));
  }
}
