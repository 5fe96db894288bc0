<?xml version="1.0" encoding="UTF-8"?>
<!-- word/document.xml of the page that says what is still missing, and whose job it is. It says what
     the same page as a PDF says (pdf-missing.xsl). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:fx="urn:formc:program:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
    xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"
    exclude-result-prefixes="m fx">
  <xsl:import href="formc:docx-document.xsl"/>

  <xsl:variable name="question-width" select="round($width * 0.46)"/>

  <xsl:template name="help"/>

  <xsl:template name="title">
    <xsl:for-each select="$form">
      <xsl:call-template name="words-line">
        <xsl:with-param name="style" select="'Title'"/>
        <xsl:with-param name="id" select="'missing'"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="form-title"><xsl:with-param name="style" select="'Note'"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="pages">
    <xsl:for-each select="$form"><xsl:call-template name="missing"/></xsl:for-each>
  </xsl:template>

  <xsl:template name="missing">
    <w:p>
      <w:pPr><w:pStyle w:val="Note"/></w:pPr>
      <fx:when checked-stage="yes">
        <xsl:call-template name="words-run"><xsl:with-param name="id" select="'missing-at'"/></xsl:call-template>
      </fx:when>
      <fx:when checked-stage="no">
        <xsl:call-template name="words-run"><xsl:with-param name="id" select="'missing-on'"/></xsl:call-template>
      </fx:when>
      <w:r>
        <xsl:call-template name="language"/>
        <w:t xml:space="preserve">. </w:t>
      </w:r>
      <fx:when checked-party="yes">
        <xsl:call-template name="words-run"><xsl:with-param name="id" select="'missing-party'"/></xsl:call-template>
        <w:r><w:t xml:space="preserve"> </w:t></w:r>
      </fx:when>
      <xsl:call-template name="words-run"><xsl:with-param name="id" select="'missing-shows'"/></xsl:call-template>
    </w:p>
    <fx:when findings="none">
      <w:p>
        <w:pPr><w:pStyle w:val="Note"/></w:pPr>
        <w:r>
          <xsl:call-template name="language"><xsl:with-param name="more" select="'b'"/></xsl:call-template>
          <w:t><xsl:value-of select="key('words', 'missing-nothing')"/></w:t>
        </w:r>
      </w:p>
    </fx:when>
    <fx:owners>
      <xsl:call-template name="said"><xsl:with-param name="style" select="'Heading1'"/><xsl:with-param name="as" select="'owners'"/></xsl:call-template>
      <w:tbl>
        <xsl:call-template name="table-properties">
          <xsl:with-param name="caption" select="key('words', 'missing')"/>
          <xsl:with-param name="description" select="key('words', 'missing-table')"/>
          <xsl:with-param name="first-row" select="true()"/>
          <xsl:with-param name="first-column" select="true()"/>
        </xsl:call-template>
        <w:tblGrid>
          <w:gridCol w:w="{$question-width}"/>
          <w:gridCol w:w="{$width - $question-width}"/>
        </w:tblGrid>
        <w:tr>
          <w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>
          <xsl:call-template name="missing-head">
            <xsl:with-param name="id" select="'missing-question'"/>
            <xsl:with-param name="width" select="$question-width"/>
          </xsl:call-template>
          <xsl:call-template name="missing-head">
            <xsl:with-param name="id" select="'missing-to-do'"/>
            <xsl:with-param name="width" select="$width - $question-width"/>
          </xsl:call-template>
        </w:tr>
        <fx:findings>
          <w:tr>
            <w:trPr><w:cantSplit/></w:trPr>
            <w:tc>
              <w:tcPr><w:tcW w:w="{$question-width}" w:type="dxa"/></w:tcPr>
              <xsl:call-template name="said"><xsl:with-param name="style" select="'TableLabel'"/><xsl:with-param name="as" select="'question'"/></xsl:call-template>
              <fx:when finding="part">
                <xsl:call-template name="said"><xsl:with-param name="style" select="'TableHint'"/><xsl:with-param name="as" select="'part'"/></xsl:call-template>
              </fx:when>
            </w:tc>
            <w:tc>
              <w:tcPr><w:tcW w:w="{$width - $question-width}" w:type="dxa"/></w:tcPr>
              <w:p>
                <w:pPr><w:pStyle w:val="TableAnswer"/></w:pPr>
                <xsl:call-template name="severity"><xsl:with-param name="is" select="'error'"/></xsl:call-template>
                <xsl:call-template name="severity"><xsl:with-param name="is" select="'warning'"/></xsl:call-template>
                <xsl:call-template name="severity"><xsl:with-param name="is" select="'advice'"/></xsl:call-template>
                <w:r>
                  <xsl:call-template name="language"/>
                  <w:t xml:space="preserve"> <fx:value as="finding"/><fx:when finding="why"> (<fx:value as="why"/>)</fx:when></w:t>
                </w:r>
              </w:p>
            </w:tc>
          </w:tr>
        </fx:findings>
      </w:tbl>
    </fx:owners>
  </xsl:template>

  <!-- A paragraph of what the review says. -->
  <xsl:template name="said">
    <xsl:param name="style"/>
    <xsl:param name="as"/>
    <w:p>
      <w:pPr><w:pStyle w:val="{$style}"/></w:pPr>
      <w:r>
        <xsl:call-template name="language"/>
        <w:t xml:space="preserve"><fx:value as="{$as}"/></w:t>
      </w:r>
    </w:p>
  </xsl:template>

  <xsl:template name="missing-head">
    <xsl:param name="id"/>
    <xsl:param name="width"/>
    <w:tc>
      <xsl:call-template name="head-cell"><xsl:with-param name="width" select="$width"/></xsl:call-template>
      <xsl:call-template name="line">
        <xsl:with-param name="style" select="'TableHead'"/>
        <xsl:with-param name="text" select="key('words', $id)"/>
        <xsl:with-param name="keep" select="true()"/>
      </xsl:call-template>
    </w:tc>
  </xsl:template>

  <xsl:template name="severity">
    <xsl:param name="is"/>
    <fx:when finding="{$is}">
      <w:r>
        <xsl:call-template name="language"><xsl:with-param name="more" select="'b'"/></xsl:call-template>
        <w:t><xsl:value-of select="key('words', concat('missing-', $is))"/></w:t>
      </w:r>
    </fx:when>
  </xsl:template>
</xsl:stylesheet>
