<#-- How the site's last backups ended. -->
<#if history?size gt 1>

Last ${history?size}: <#list history as past>${past.mark}<#sep> </#list>
(newest last; ✓ completed, ! warning, ✗ failed)
</#if>
