package io.github.camelakeeba.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Counts the steps of a route file that the tests of a class reach, by their lines, and fails the
 * class with the list of those that no test reaches. Each {@code when}, {@code otherwise}, {@code
 * doCatch}, {@code onException}, filter, loop and split has steps of its own: with all steps
 * reached, all branches are. It says nothing when only some tests of the class ran, or one failed.
 */
final class RouteCoverage
    implements InterceptStrategy, TestInstancePostProcessor, AfterEachCallback, AfterAllCallback {

  /** What holds steps and is none itself. */
  private static final Set<Class<?>> BRANCHES =
      Set.of(
          WhenDefinition.class,
          OtherwiseDefinition.class,
          CatchDefinition.class,
          FinallyDefinition.class,
          TryDefinition.class,
          OnExceptionDefinition.class);

  private final Map<Integer, String> steps = new TreeMap<>();
  private final Set<Integer> reached = new ConcurrentSkipListSet<>();
  private final Set<String> passed = new TreeSet<>();
  private String file;

  @Override
  public void postProcessTestInstance(Object test, ExtensionContext context) {
    ((RouteTestSupport) test).coverage(this);
  }

  /** Counts the steps of this file; a path whose end is its name. */
  void count(String routeFile, CamelContext context) {
    file = routeFile;
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    model.getRouteDefinitions().forEach(route -> expect(route.getOutputs()));
    model
        .getRouteTemplateDefinitions()
        .forEach(template -> expect(template.getRoute().getOutputs()));
    model.getRouteConfigurationDefinitions().stream()
        .flatMap(one -> one.getOnExceptions().stream())
        .filter(one -> !isEndless(one.getRedeliveryPolicyType()))
        .forEach(one -> expect(one.getOutputs()));
  }

  /** Whether what stands behind the last attempt is never reached. */
  private static boolean isEndless(RedeliveryPolicyDefinition policy) {
    return policy != null && "-1".equals(policy.getMaximumRedeliveries());
  }

  private void expect(List<ProcessorDefinition<?>> outputs) {
    Collection<?> all =
        ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class);
    for (Object one : all) {
      ProcessorDefinition<?> step = (ProcessorDefinition<?>) one;
      if (isOfTheFile(step) && !BRANCHES.contains(step.getClass())) {
        steps.put(step.getLineNumber(), step.getLabel() + where(step));
      }
    }
  }

  /** The branches around a step, the innermost first. */
  private static String where(ProcessorDefinition<?> step) {
    StringBuilder where = new StringBuilder();
    for (NamedNode node = step.getParent(); node != null; node = node.getParent()) {
      where.append(" in ").append(node.getShortName());
    }
    return where.toString();
  }

  private boolean isOfTheFile(LineNumberAware step) {
    return step.getLocation() != null && step.getLocation().endsWith(file);
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode step, Processor target, Processor next) {
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        if (isOfTheFile(step)) {
          reached.add(step.getLineNumber());
        }
        return super.process(exchange, callback);
      }
    };
  }

  /** The steps that no test has reached, each with its line. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    steps.forEach(
        (line, step) -> {
          if (!reached.contains(line)) {
            missed.add("%s:%d %s".formatted(file, line, step));
          }
        });
    return missed;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    if (test.getExecutionException().isEmpty()) {
      passed.add(test.getRequiredTestMethod().getName());
    }
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    boolean all =
        AnnotationSupport.findAnnotatedMethods(
                tests.getRequiredTestClass(), Testable.class, HierarchyTraversalMode.TOP_DOWN)
            .stream()
            .allMatch(test -> passed.contains(test.getName()));
    if (all) {
      Assertions.assertThat(missed()).as("steps that no test of the file reaches").isEmpty();
    }
  }
}
