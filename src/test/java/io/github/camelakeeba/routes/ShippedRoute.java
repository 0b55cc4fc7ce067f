package io.github.camelakeeba.routes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The route file that a test loads: {@code claim} is {@code routes/claim.camel.yaml}, {@code
 * kamelets/backup-notify-sink} is {@code routes/kamelets/backup-notify-sink.kamelet.yaml}. The
 * tests of the class together reach each of its steps, and so each of its branches.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RouteCoverage.class)
@interface ShippedRoute {
  String value();
}
