[unproved] ${site}: a restore does <#if reminder>still </#if>not prove the backup
