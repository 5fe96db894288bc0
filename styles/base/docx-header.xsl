<?xml version="1.0" encoding="UTF-8"?>
<!-- word/header1.xml: the form's title on every page but the first, where the title block has it;
     that one has header2.xml, when the theme has words for the top of each page. The version is in
     the footer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m th">
  <xsl:include href="formc:docx-text.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:param name="record" select="'no'"/>

  <!-- yes: that of the first page -->
  <xsl:param name="first" select="'no'"/>

  <xsl:template match="/m:form">
    <w:hdr>
      <xsl:for-each select="(th:theme/th:organisation/@name[not(../../th:header)] | th:theme/th:header/@text)[1]">
        <w:p>
          <w:pPr><w:pStyle w:val="HeaderEnd"/></w:pPr>
          <w:r>
            <xsl:call-template name="language"/>
            <w:t xml:space="preserve"><xsl:value-of select="."/></w:t>
          </w:r>
        </w:p>
      </xsl:for-each>
      <xsl:if test="$first = 'no'">
        <w:p>
          <w:pPr><w:pStyle w:val="Header"/></w:pPr>
          <xsl:call-template name="header-start"/>
        </w:p>
      </xsl:if>
    </w:hdr>
  </xsl:template>

  <!-- The form's title, that it is a draft or a record. The form is the current node. -->
  <xsl:template name="header-start">
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
  </xsl:template>
</xsl:stylesheet>
