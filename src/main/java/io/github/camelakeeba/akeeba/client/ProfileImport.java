package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
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
  private final CallFactory calls;
  private final ResponseParser parser;

  /** Over these calls. */
  public ProfileImport(CallFactory calls, ResponseParser parser) {
    this.calls = calls;
    this.parser = parser;
  }

  /** What is to be imported, and where. */
  public record ImportRequest(Site site, ExportedProfile profile) {}

  /** What was imported, and its number on the site. */
  public record ImportedProfile(int id, String description) {}

  /** {@code getProfiles}. */
  public Call profilesCall(
      @Variable("backup-import") ImportRequest order,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.getProfiles());
  }

  /** The numbers of the profiles that are there. */
  public Set<Integer> profileIds(@Variable("akeeba-answer") AkeebaResponse answer) {
    return parser.profiles(answer).stream().map(Profile::id).collect(Collectors.toSet());
  }

  /** {@code importConfiguration}, to be sent once. */
  public Call importCall(
      @Variable("backup-import") ImportRequest order,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.importConfiguration(order.profile()));
  }

  /** The number of the profile that is new; throws when there is none. */
  public int newProfileId(
      @Variable("backup-import") ImportRequest order,
      @Variable("backup-run-before-call") Set<Integer> before,
      @Variable("akeeba-answer") AkeebaResponse answer) {
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
  public Call exportCall(
      @Variable("backup-import") ImportRequest order,
      @Variable("backup-added") int added,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return calls.call(order.site(), endpoint, RequestBody.exportConfiguration(added));
  }

  /** The profile that is new; throws {@code verification} when it is not what was sent. */
  public ImportedProfile verifyImport(
      @Variable("backup-import") ImportRequest order,
      @Variable("backup-added") int added,
      @Variable("akeeba-answer") AkeebaResponse answer) {
    ExportedProfile stored = ExportedProfile.of(added, parser.data(answer));
    if (!order.profile().isEquivalentTo(stored)) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site has stored the profile damaged, as number %s: what it exports is not what was sent. Akeeba Backup for WordPress and Solo put backslashes into what is imported. Delete profile %s on the site, and import the file there by hand."
              .formatted(added, added));
    }
    return new ImportedProfile(added, order.profile().description());
  }
}
