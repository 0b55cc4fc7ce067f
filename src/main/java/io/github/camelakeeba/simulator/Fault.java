package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One scripted fault: which request of which method it meets, whether the site still does the work,
 * and what becomes of the answer. Requests count from when the fault is set; the first one is met
 * unless {@link #nth} says otherwise.
 *
 * <p>Whatever replaces the answer ({@link #reset}, {@link #html503}, …) comes from a gateway that
 * never passed the request on; with {@link #afterTheWork} the site had done it.
 */
public final class Fault {
  private final String method;
  private final AtomicInteger seen = new AtomicInteger();
  private int first = 1;
  private int count = 1;
  private boolean worked;
  private boolean background;
  private Duration late = Duration.ZERO;
  private boolean kills;
  private boolean killsBeforeSaving;
  private String words;
  private Runnable inside = () -> {};
  private UnaryOperator<HttpReply> change = UnaryOperator.identity();

  private Fault(String method) {
    this.method = method;
  }

  /** Meets calls of this API method. */
  public static Fault on(String method) {
    return new Fault(method);
  }

  /** Meets calls of any method. */
  public static Fault onAny() {
    return new Fault(null);
  }

  /** Meets the nth call, from 1. */
  public Fault nth(int n) {
    first = n;
    return this;
  }

  /** Meets so many calls in a row. */
  public Fault times(int calls) {
    count = calls;
    return this;
  }

  /** Meets every call from the first one on. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  /** The site does its work; the fault comes after it. */
  public Fault afterTheWork() {
    worked = true;
    return this;
  }

  /** The connection is reset (RST) before the site sees the request. */
  public Fault reset() {
    return addChange(reply -> reply.ending(HttpReply.Ending.RESET));
  }

  /** The step runs to its end, then the connection is reset. */
  public Fault answerLost() {
    return reset().afterTheWork();
  }

  /** The connection is closed without a byte. */
  public Fault closeWithoutAnswer() {
    return addChange(reply -> reply.ending(HttpReply.Ending.CLOSED));
  }

  /** The worker dies inside the step: reset, {@code instep} stays 1, the step is not saved. */
  public Fault workerKilled() {
    kills = true;
    return reset().afterTheWork();
  }

  /** As {@link #workerKilled}, but after {@code instep} went to 0: nothing shows it. */
  public Fault workerKilledBeforeSaving() {
    killsBeforeSaving = true;
    return reset().afterTheWork();
  }

  /**
   * The site's database goes away while the worker is inside: JSON 500 with mysqli's words, {@code
   * instep} stays 1, the step is not saved (protocol, section 6).
   */
  public Fault databaseGoesAway() {
    return phpError("mysqli object is already closed");
  }

  /** PHP breaks the work off with these words: JSON 500; nothing is saved. */
  public Fault phpError(String phpsWords) {
    words = phpsWords;
    return afterTheWork();
  }

  /** The connection is reset at once, and the worker begins so much later all the same. */
  public Fault lateWorker(Duration begin) {
    background = true;
    late = begin;
    return reset();
  }

  /** The work is done; half of the body comes, Content-Length promises all. */
  public Fault truncate() {
    return withChange(reply -> reply.ending(HttpReply.Ending.SHORT_BODY));
  }

  /** The work is done; half of the body comes in chunks, the last chunk is missing. */
  public Fault truncateChunks() {
    return withChange(reply -> reply.ending(HttpReply.Ending.SHORT_CHUNKS));
  }

  /** The work is done; the answer comes a byte at a time, 20 a second. */
  public Fault trickle() {
    return withChange(reply -> reply.ending(HttpReply.Ending.TRICKLED));
  }

  /** The work is done at once; the answer comes so much later. */
  public Fault delayAnswer(Duration time) {
    return withChange(reply -> reply.delayed(time));
  }

  /** The work is done; the answer comes when the latch opens. */
  public Fault holdAnswer(CountDownLatch release) {
    return withChange(reply -> reply.heldUntil(release));
  }

  /** Runs while the worker is inside the step; may block it there. */
  public Fault inside(Runnable action) {
    inside = action;
    worked = true;
    return this;
  }

  /** A gateway's HTML 503. */
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

  /** The gateway wants to be left alone so long, in seconds. */
  public Fault retryAfter(int seconds) {
    return addChange(reply -> reply.header("Retry-After", String.valueOf(seconds)));
  }

  /** A gateway's HTML page with this status, such as 502 or 524. */
  public Fault page(int status, String reason) {
    return addChange(reply -> HttpReply.html(status, HtmlErrorPages.gateway(status, reason)));
  }

  /** A gateway's 504 after so long, while the worker continues. */
  public Fault gatewayTimeout(Duration after) {
    background = true;
    return addChange(
        reply ->
            HttpReply.html(504, HtmlErrorPages.gateway(504, "Gateway Time-out")).delayed(after));
  }

  /** HTML with HTTP 200, as W answers when its database is down. */
  public Fault html200() {
    return addChange(reply -> HttpReply.html(200, HtmlErrorPages.DATABASE_DOWN));
  }

  /** HTTP 200 with nothing in it. */
  public Fault emptyBody() {
    return addChange(reply -> HttpReply.empty(200));
  }

  /** Any answer. */
  public Fault answer(int httpStatus, String contentType, String body) {
    return addChange(reply -> HttpReply.of(httpStatus, contentType, body));
  }

  /** A redirect with this status and Location. */
  public Fault redirect(int status, String location) {
    return addChange(reply -> HttpReply.empty(status).header("Location", location));
  }

  /** The work is done; this comes before the JSON. */
  public Fault junkBefore(String junk) {
    return withChange(reply -> reply.body(joined(bytes(junk), reply.body())));
  }

  /** The work is done; this comes after the JSON. */
  public Fault junkAfter(String junk) {
    return withChange(reply -> reply.body(joined(reply.body(), bytes(junk))));
  }

  /** The work is done; the answer carries this header too. */
  public Fault header(String name, String value) {
    return withChange(reply -> reply.header(name, value));
  }

  /** The work is done; the whole JSON answer is rewritten. */
  public Fault jsonRewrite(UnaryOperator<ObjectNode> rewrite) {
    return withChange(
        reply ->
            reply.body(PhpJson.bytes(rewrite.apply((ObjectNode) PhpJson.parse(reply.body())))));
  }

  boolean matches(String called) {
    if (method != null && !method.equalsIgnoreCase(called)) {
      return false;
    }
    long number = seen.incrementAndGet();
    return number >= first && number < (long) first + count;
  }

  boolean worked() {
    return worked;
  }

  boolean background() {
    return background;
  }

  Duration late() {
    return late;
  }

  HttpReply change(HttpReply reply) {
    return change.apply(reply);
  }

  WorkerFault workerFault() {
    return new WorkerFault(inside, kills, killsBeforeSaving, words);
  }

  Fault withChange(UnaryOperator<HttpReply> next) {
    worked = true;
    return addChange(next);
  }

  private Fault addChange(UnaryOperator<HttpReply> next) {
    UnaryOperator<HttpReply> before = change;
    change = reply -> next.apply(before.apply(reply));
    return this;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
