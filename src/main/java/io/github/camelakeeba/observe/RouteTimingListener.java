package io.github.camelakeeba.observe;

import java.time.Duration;
import org.apache.camel.Exchange;

/** Is notified how long a part of the work took. */
interface RouteTimingListener {
  /**
   * The exchange is back from one of our routes; its exception is the route's.
   *
   * @param route the route's id, such as {@code backup-step}
   * @param took from its first step to its end
   */
  void routeCompleted(Exchange exchange, String route, Duration took);
}
