[warning] ${site}: ${warnings.count} warning<#if warnings.count != 1>s</#if><#if warnings.texts?has_content>: ${warnings.texts[0]}</#if>
