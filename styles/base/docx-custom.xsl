<?xml version="1.0" encoding="UTF-8"?>
<!-- docProps/custom.xml: which form, version, definition and plan this is. These survive editors
     that lose the store. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:fx="urn:formc:program:1"
    xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    exclude-result-prefixes="m fx">
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <!-- the format id of user-defined properties, the same in every file -->
  <xsl:variable name="fmtid" select="'{D5CDD505-2E9C-101B-9397-08002B2CF9AE}'"/>

  <xsl:template match="/m:form">
    <Properties>
      <property fmtid="{$fmtid}" pid="2" name="FormId"><vt:lpwstr><xsl:value-of select="@id"/></vt:lpwstr></property>
      <property fmtid="{$fmtid}" pid="3" name="FormVersion"><vt:lpwstr><xsl:value-of select="@version"/></vt:lpwstr></property>
      <property fmtid="{$fmtid}" pid="4" name="FormDigest"><vt:lpwstr><xsl:value-of select="@digest"/></vt:lpwstr></property>
      <fx:when plan="yes">
        <property fmtid="{$fmtid}" pid="5" name="FormInstance"><vt:lpwstr><fx:value as="plan-id"/></vt:lpwstr></property>
      </fx:when>
    </Properties>
  </xsl:template>
</xsl:stylesheet>
