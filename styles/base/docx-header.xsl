<?xml version="1.0" encoding="UTF-8"?>
<!-- word/header1.xml: the form's title on every page but the first, where the title block has it.
     The version is in the footer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m">
  <xsl:include href="formc:docx-text.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:param name="record" select="'no'"/>

  <xsl:template match="/m:form">
    <w:hdr>
      <w:p>
        <w:pPr><w:pStyle w:val="Header"/></w:pPr>
        <w:r>
          <xsl:call-template name="language"/>
          <w:t xml:space="preserve"><xsl:value-of select="@title"/></w:t>
        </w:r>
        <xsl:if test="@status = 'draft'">
          <w:r><w:t xml:space="preserve"> · </w:t></w:r>
          <w:r>
            <xsl:call-template name="language"><xsl:with-param name="more" select="'b'"/></xsl:call-template>
            <w:t><xsl:value-of select="key('words', 'draft-header')"/></w:t>
          </w:r>
        </xsl:if>
        <xsl:if test="$record = 'yes'">
          <w:r>
            <xsl:call-template name="language"/>
            <w:t xml:space="preserve"><xsl:value-of select="concat(' · ', key('words', 'record'))"/></w:t>
          </w:r>
        </xsl:if>
      </w:p>
    </w:hdr>
  </xsl:template>
</xsl:stylesheet>
