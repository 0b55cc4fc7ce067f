[proved] ${site}: a restore has proved the backup<#if (proof.counted)??>: ${proof.counted}</#if>
