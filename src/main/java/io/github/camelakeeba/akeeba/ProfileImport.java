package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Variable;

/**
 * Puts a profile into a site, and looks at what has become of it: the site does not tell the new
 * number, and WordPress stores it damaged (protocol page, section 5).
 */
public final class ProfileImport {
  private final SiteCalls calls;
  private final AnswerParser parser;

  /** Over these calls. */
  public ProfileImport(SiteCalls calls, AnswerParser parser) {
    this.calls = calls;
    this.parser = parser;
  }

  /** What is to be imported, and where. */
  public record Order(Site site, ExportedProfile profile) {}

  /** What was imported, and its number on the site. */
  public record Done(int id, String description) {}

  /** {@code getProfiles}. */
  public Call profiles(
      @Variable("backup-import") Order order, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.getProfiles());
  }

  /** The numbers of the profiles that are there. */
  public Set<Integer> numbers(@Variable("akeeba-answer") Answer answer) {
    return parser.profiles(answer).stream().map(Profile::id).collect(Collectors.toSet());
  }

  /** {@code importConfiguration}, to be sent once. */
  public Call call(
      @Variable("backup-import") Order order, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.importConfiguration(order.profile()));
  }

  /** The number of the profile that is new; throws when there is none. */
  public int added(
      @Variable("backup-import") Order order,
      @Variable("backup-before") Set<Integer> before,
      @Variable("akeeba-answer") Answer answer) {
    List<Profile> profiles = parser.profiles(answer);
    TreeSet<Integer> added =
        profiles.stream()
            .filter(profile -> !before.contains(profile.id()))
            .map(Profile::id)
            .collect(Collectors.toCollection(TreeSet::new));
    if (added.isEmpty()) {
      throw new AkeebaException(
          ErrorKind.BACKUP_ERROR,
          "The site says that it has imported the profile, but it lists no new one.");
    }
    return added.last();
  }

  /** {@code exportConfiguration} of the profile that is new. */
  public Call export(
      @Variable("backup-import") Order order,
      @Variable("backup-added") int added,
      @Variable("akeeba-endpoint") Endpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.exportConfiguration(added));
  }

  /** The profile that is new; throws {@code verification} when it is not what was sent. */
  public Done same(
      @Variable("backup-import") Order order,
      @Variable("backup-added") int added,
      @Variable("akeeba-answer") Answer answer) {
    ExportedProfile stored = ExportedProfile.of(added, parser.data(answer));
    if (!order.profile().same(stored)) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site has stored the profile damaged, as number %s: what it exports is not what was sent. Akeeba Backup for WordPress and Solo put backslashes into what is imported. Delete profile %s on the site, and import the file there by hand."
              .formatted(added, added));
    }
    return new Done(added, order.profile().description());
  }
}
