package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.config.Site;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Variable;

/** Imports and verifies a profile: no number is answered, and WordPress damages it (measured). */
public final class ProfileImport {
  public record ImportRequest(Site site, ExportedProfile profile) implements OperationInput {
    @Override
    public String siteName() {
      return site.name();
    }
  }

  public record ImportedProfile(int id, String description) {}

  /** The profile that is new; throws when there is none. */
  public SiteQuery newProfileId(
      @Variable("akeeba-import") ImportRequest request,
      @Variable("akeeba-before") List<Profile> before,
      @Variable("akeeba-after") List<Profile> after) {
    Set<Integer> known = before.stream().map(Profile::id).collect(Collectors.toSet());
    int added =
        after.stream()
            .mapToInt(Profile::id)
            .filter(id -> !known.contains(id))
            .max()
            .orElseThrow(
                () ->
                    new AkeebaException(
                        ErrorKind.BACKUP_ERROR,
                        "The site says that it has imported the profile, but it lists no new one."));
    return SiteQuery.ofProfile(request.siteName(), added);
  }

  /** The profile that is new; throws {@code verification} when it is not what was sent. */
  public ImportedProfile verifyImport(
      @Variable("akeeba-import") ImportRequest request,
      @Variable("akeeba-added") SiteQuery added,
      @org.apache.camel.Body ExportedProfile exported) {
    int id = added.profileId();
    if (!request.profile().isEquivalentTo(exported.orMissing(id))) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site has stored the profile damaged, as number %s: what it exports is not what was sent. Akeeba Backup for WordPress and Solo put backslashes into what is imported. Delete profile %s on the site, and import the file there by hand."
              .formatted(id, id));
    }
    return new ImportedProfile(id, request.profile().description());
  }
}
