<#-- The sentence that the text and the HTML of a mail begin with. -->
<#switch state>
<#case "started">The backup of ${site} has started.<#break>
<#case "completed">The backup of ${site} is complete.<#break>
<#case "warning"><#if !run??>A warning about a downloaded archive of ${site}.<#break></#if>The backup of ${site} is complete, with ${warnings.count} warning<#if warnings.count != 1>s</#if>.<#break>
<#case "failed">The backup of ${site} <#if reminder>still fails<#else>failed</#if><#if failures gt 1>, ${failures} times in a row</#if>.<#break>
<#case "missed"><#if reminder>Still no<#else>No</#if> good backup of ${site}<#if gap??> for ${gap}</#if>.<#break>
<#case "recovered">The backups of ${site} are good again<#if gap??>, after ${gap}</#if>.<#break>
<#case "proved">A restore has proved the backup of ${site}<#if (proof.counted)??>: ${proof.counted}</#if>.<#break>
<#case "unproved">A restore does <#if reminder>still </#if>not prove the backup of ${site}.<#break>
<#case "untested"><#if (proof.checked)??>The backup of ${site} could <#if reminder>still </#if>not be tested by a restore.<#else><#if reminder>Still no<#else>No</#if> restore has proved a backup of ${site}<#if (proof.lastAge)??> for ${proof.lastAge}</#if>.</#if><#break>
<#case "digest"><#if reason == "gathered"><#if sections?size == 1>${sites} site<#if sites != "1">s</#if> ${{"failed": "failed", "missed": "have no good backup for too long: told", "recovered": "recovered", "unproved": "not proved by a restore", "untested": "not tested by a restore"}[sections[0].state]!sections[0].state}<#else>${sites} site<#if sites != "1">s</#if>: ${sum}</#if> within ${within}.<#elseif reason == "quiet">In the quiet hours: ${sum}.<#else>Within ${within}: ${sum}.</#if><#break>
<#case "report">${sentence}<#break>
<#case "parked">Channel ${channel} did not take a message for ${waited}; it is parked.<#break>
</#switch>
