[missed] ${site}: <#if reminder>still </#if>no good backup<#if gap??> for ${gap}</#if>
