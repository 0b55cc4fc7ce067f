package io.github.camelakeeba.routes;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperties;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.TypeConverter;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.language.LanguageAnnotation;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.StringQuoteHelper;

/**
 * A bean method as a route names it.
 *
 * @param bean the bean's name in the registry
 * @param method as it stands in the file, such as {@code read(${variable.backup-arrival})}
 */
record BeanCall(String bean, String method) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable[.]([a-z-]+)}");
  private static final Pattern BODY_AS = Pattern.compile("\\$\\{bodyAs\\((.+)\\)}");

  /** What Camel gives by the type of a parameter alone. */
  private static final List<Class<?>> BY_TYPE =
      List.of(
          Exchange.class,
          Message.class,
          CamelContext.class,
          TypeConverter.class,
          Registry.class,
          Exception.class);

  /** Annotations that name what Camel gives, besides those of languages. */
  private static final List<Class<? extends Annotation>> BY_ANNOTATION =
      List.of(
          Body.class,
          Header.class,
          Headers.class,
          Variable.class,
          Variables.class,
          ExchangeProperty.class,
          ExchangeProperties.class,
          ExchangeException.class);

  /** The method without its arguments. */
  String name() {
    return method.replaceFirst("(?s)[(].*", "");
  }

  /** The arguments that the route hands over; null: it leaves them to Camel. */
  private List<String> arguments() {
    if (!method.contains("(")) {
      return null;
    }
    String inside = method.substring(method.indexOf('(') + 1, method.lastIndexOf(')')).strip();
    // a comma within ${…} or quotes separates nothing
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(StringQuoteHelper.splitSafeQuote(inside, ',', true, true))
            .map(String::strip)
            .toList();
  }

  /**
   * The method that it calls, if there is just one.
   *
   * @throws IllegalArgumentException there is none, there are several, or Camel can't reach it
   */
  Method of(Class<?> type) {
    List<Method> named =
        Arrays.stream(type.getMethods())
            .filter(one -> one.getName().equals(name()) && !one.isBridge())
            .toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException("%s has no public method %s".formatted(type, name()));
    }
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          "%s has %d methods %s: name the one for the route differently"
              .formatted(type, named.size(), name()));
    }
    if (!Modifier.isPublic(named.get(0).getDeclaringClass().getModifiers())) {
      throw new IllegalArgumentException("%s is not public: Camel can't call it".formatted(type));
    }
    return named.get(0);
  }

  /**
   * What keeps Camel from binding the method's parameters.
   *
   * @param type the bean's class
   * @param variables the types of what routes put into each variable; empty: it may be anything
   * @return sentences; none: each parameter gets something that fits
   */
  List<String> problems(Class<?> type, Map<String, Set<Class<?>>> variables) {
    Method called;
    try {
      called = of(type);
    } catch (IllegalArgumentException e) {
      return List.of(e.getMessage());
    }
    Parameter[] parameters = called.getParameters();
    List<String> arguments = arguments();
    if (arguments != null && arguments.size() != parameters.length) {
      return List.of(
          "%s takes %d parameters, the route hands over %d: %s"
              .formatted(called, parameters.length, arguments.size(), arguments));
    }
    long bodies = Arrays.stream(parameters).filter(BeanCall::takesTheBody).count();
    if (arguments == null && bodies > 1) {
      return List.of(
          "%d parameters of %s say not what they are: only one of them can be the body"
              .formatted(bodies, called));
    }
    Set<String> problems = new HashSet<>();
    for (int i = 0; i < parameters.length; i++) {
      String argument = arguments == null ? "*" : arguments.get(i);
      String problem =
          argument.equals("*")
              ? annotated(parameters[i], variables)
              : given(argument, parameters[i].getType(), variables);
      if (problem != null) {
        problems.add("parameter %d of %s: %s".formatted(i + 1, called, problem));
      }
    }
    return problems.stream().sorted().toList();
  }

  private static boolean takesTheBody(Parameter parameter) {
    return !BY_TYPE.contains(parameter.getType())
        && Arrays.stream(parameter.getAnnotations()).noneMatch(BeanCall::binds);
  }

  private static boolean binds(Annotation annotation) {
    Class<? extends Annotation> type = annotation.annotationType();
    return BY_ANNOTATION.contains(type) || type.isAnnotationPresent(LanguageAnnotation.class);
  }

  private static String annotated(Parameter parameter, Map<String, Set<Class<?>>> variables) {
    Class<?> type = parameter.getType();
    Variable variable = parameter.getAnnotation(Variable.class);
    if (variable != null) {
      return variable(variable.value(), type, variables);
    }
    boolean map =
        Stream.of(Headers.class, Variables.class, ExchangeProperties.class)
            .anyMatch(parameter::isAnnotationPresent);
    if (map && !type.isAssignableFrom(Map.class)) {
      return "a %s takes no map".formatted(type.getName());
    }
    if (parameter.isAnnotationPresent(ExchangeException.class)
        && !Throwable.class.isAssignableFrom(type)) {
      return "a %s takes no exception".formatted(type.getName());
    }
    return null;
  }

  private static String given(
      String argument, Class<?> type, Map<String, Set<Class<?>>> variables) {
    Matcher variable = VARIABLE.matcher(argument);
    if (variable.matches()) {
      return variable(variable.group(1), type, variables);
    }
    Class<?> given = type(argument);
    return given == null || fits(given, type)
        ? null
        : "a %s does not take %s".formatted(type.getName(), argument);
  }

  /** What an argument is; null: that shows at run time only. */
  private static Class<?> type(String argument) {
    if (argument.startsWith("'") || argument.startsWith("\"")) {
      return String.class;
    }
    if (argument.equals("${exception}")) {
      return Throwable.class;
    }
    if (argument.equals("${headers}")) {
      return Map.class;
    }
    if (argument.equals("true") || argument.equals("false")) {
      return Boolean.class;
    }
    Matcher as = BODY_AS.matcher(argument);
    return as.matches() ? loaded(as.group(1)) : null;
  }

  private static Class<?> loaded(String name) {
    return switch (name) {
      case "byte[]" -> byte[].class;
      case "String" -> String.class;
      default -> null;
    };
  }

  private static String variable(String name, Class<?> type, Map<String, Set<Class<?>>> variables) {
    Set<Class<?>> put = variables.get(name);
    if (put == null) {
      return "no route sets the variable " + name;
    }
    return put.isEmpty() || put.stream().anyMatch(one -> fits(one, type))
        ? null
        : "the variable %s is a %s, never a %s"
            .formatted(name, put.stream().map(Class::getName).sorted().toList(), type.getName());
  }

  /** Whether a value of the one type can be handed over as the other. */
  private static boolean fits(Class<?> given, Class<?> wanted) {
    Class<?> boxed = ObjectHelper.convertPrimitiveTypeToWrapperType(wanted);
    Class<?> value = ObjectHelper.convertPrimitiveTypeToWrapperType(given);
    return boxed.isAssignableFrom(value)
        || value.isAssignableFrom(boxed) // it may be one of these
        || value == String.class
            && (boxed.isEnum() || boxed == Boolean.class || Number.class.isAssignableFrom(boxed));
  }

  @Override
  public String toString() {
    return bean + "." + method;
  }
}
