package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One scripted fault: which requests of which method it applies to, whether the site does the work,
 * and how the answer changes. Requests count from when the fault is set; it applies to the first
 * unless {@link #nth} says otherwise.
 *
 * <p>What replaces the answer ({@link #reset}, {@link #html503}, …) comes from a gateway that never
 * passed the request on; with {@link #afterTheWork} the site had done it. What alters the answer
 * ({@link #truncate}, {@link #junkBefore}, …) or delays it comes after the work.
 */
public final class Fault {
  static final Fault NONE = onAny().afterTheWork();

  boolean works; // the site does the work
  boolean background; // the gateway has answered already
  Duration delay = Duration.ZERO; // of work in the background
  boolean killsWorker; // it dies at work; instep then stays 1
  boolean killsBeforeSaving; // it dies after instep went to 0, before the state was saved
  String phpError; // with which PHP ends the work, instep left at 1; or null
  Runnable inside = () -> {}; // called while the worker is inside; may block
  private final String method;
  private final AtomicInteger calls = new AtomicInteger();
  private int first = 1;
  private int count = 1;
  private UnaryOperator<HttpReply> change = UnaryOperator.identity();

  private Fault(String method) {
    this.method = method;
  }

  public static Fault on(String method) {
    return new Fault(method);
  }

  public static Fault onAny() {
    return new Fault(null);
  }

  /** Applies to the nth call, from 1. */
  public Fault nth(int n) {
    first = n;
    return this;
  }

  public Fault times(int times) {
    count = times;
    return this;
  }

  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  public Fault afterTheWork() {
    works = true;
    return this;
  }

  /** The connection is reset (RST) before the site sees the request. */
  public Fault reset() {
    return addChange(reply -> reply.ending(HttpReply.Ending.RESET));
  }

  public Fault answerLost() {
    return reset().afterTheWork();
  }

  public Fault closeWithoutAnswer() {
    return addChange(reply -> reply.ending(HttpReply.Ending.CLOSED));
  }

  /** The worker dies inside the step: reset, {@code instep} stays 1, the step is not saved. */
  public Fault workerKilled() {
    killsWorker = true;
    return reset().afterTheWork();
  }

  /** As {@link #workerKilled}, but after {@code instep} went to 0: nothing shows it. */
  public Fault workerKilledBeforeSaving() {
    killsBeforeSaving = true;
    return reset().afterTheWork();
  }

  /** As {@link #phpError}, with mysqli's message: the database goes away (measured). */
  public Fault databaseGoesAway() {
    return phpError("mysqli object is already closed");
  }

  /** PHP ends the work with this message: JSON 500; nothing is saved. */
  public Fault phpError(String message) {
    phpError = message;
    return afterTheWork();
  }

  /** The connection is reset at once; the worker begins after the delay all the same. */
  public Fault lateWorker(Duration begin) {
    background = true;
    delay = begin;
    return reset();
  }

  /** Half of the body comes, Content-Length promises all. */
  public Fault truncate() {
    return withChange(reply -> reply.ending(HttpReply.Ending.SHORT_BODY));
  }

  /** Half of the body comes in chunks, the last chunk is missing. */
  public Fault truncateChunks() {
    return withChange(reply -> reply.ending(HttpReply.Ending.SHORT_CHUNKS));
  }

  /** The answer comes a byte at a time, 20 a second. */
  public Fault trickle() {
    return withChange(reply -> reply.ending(HttpReply.Ending.TRICKLED));
  }

  public Fault delayAnswer(Duration time) {
    return withChange(reply -> reply.delayed(time));
  }

  public Fault holdAnswer(CountDownLatch release) {
    return withChange(reply -> reply.heldUntil(release));
  }

  public Fault inside(Runnable action) {
    inside = action;
    return afterTheWork();
  }

  /** A download's connection is closed after so many bytes; Content-Length promises all. */
  public static Fault downloadCutAt(long bytes) {
    return onDownload(
        reply -> reply.bulk(reply.bulk().truncatedAt(bytes)).ending(HttpReply.Ending.SHORT_BODY));
  }

  /** A downloaded file has so many bytes more (or, below 0, less) than the site lists. */
  public static Fault downloadResizedBy(long bytes) {
    return onDownload(reply -> reply.bulk(reply.bulk().resized(reply.bulk().length() + bytes)));
  }

  private static Fault onDownload(UnaryOperator<HttpReply> change) {
    return on("downloadDirect")
        .withChange(reply -> reply.bulk() == null ? reply : change.apply(reply));
  }

  public Fault html503() {
    return page(503, "Service Temporarily Unavailable");
  }

  /** A gateway's HTML 503 with Retry-After, in seconds. */
  public Fault html503(int retryAfter) {
    return html503().retryAfter(retryAfter);
  }

  /** A gateway's 429 with Retry-After, in seconds. */
  public Fault status429(int retryAfter) {
    return page(429, "Too Many Requests").retryAfter(retryAfter);
  }

  public Fault retryAfter(int seconds) {
    return addChange(reply -> reply.header("Retry-After", String.valueOf(seconds)));
  }

  public Fault page(int status, String reason) {
    return addChange(reply -> HttpReply.html(status, HtmlErrorPages.gateway(status, reason)));
  }

  /** A gateway's 504 after so long, while the worker continues. */
  public Fault gatewayTimeout(Duration after) {
    background = true;
    return page(504, "Gateway Time-out").addChange(reply -> reply.delayed(after));
  }

  /** HTML with HTTP 200, as WordPress answers when its database is down. */
  public Fault html200() {
    return addChange(reply -> HttpReply.html(200, HtmlErrorPages.DATABASE_DOWN));
  }

  public Fault emptyBody() {
    return addChange(reply -> HttpReply.empty(200));
  }

  public Fault answer(int httpStatus, String contentType, String body) {
    return addChange(reply -> HttpReply.of(httpStatus, contentType, body));
  }

  public Fault redirect(int status, String location) {
    return addChange(reply -> HttpReply.empty(status).header("Location", location));
  }

  public Fault junkBefore(String junk) {
    return withChange(reply -> reply.body(bytes(junk + text(reply))));
  }

  public Fault junkAfter(String junk) {
    return withChange(reply -> reply.body(bytes(text(reply) + junk)));
  }

  public Fault header(String name, String value) {
    return withChange(reply -> reply.header(name, value));
  }

  public Fault jsonRewrite(UnaryOperator<ObjectNode> rewrite) {
    return withChange(
        reply ->
            reply.body(PhpJson.bytes(rewrite.apply((ObjectNode) PhpJson.parse(reply.body())))));
  }

  boolean matches(String called) {
    if (method != null && !method.equalsIgnoreCase(called)) {
      return false;
    }
    long number = calls.incrementAndGet();
    return number >= first && number < (long) first + count;
  }

  HttpReply change(HttpReply reply) {
    return change.apply(reply);
  }

  private Fault withChange(UnaryOperator<HttpReply> next) {
    return afterTheWork().addChange(next);
  }

  private Fault addChange(UnaryOperator<HttpReply> next) {
    UnaryOperator<HttpReply> before = change;
    change = reply -> next.apply(before.apply(reply));
    return this;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(HttpReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
