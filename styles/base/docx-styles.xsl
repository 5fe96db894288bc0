<?xml version="1.0" encoding="UTF-8"?>
<!-- word/styles.xml: every style of the document, its fonts, sizes and colours taken from the
     theme (17.7). Sizes in a theme are points; Word wants half-points for fonts, twentieths for
     distances and eighths for borders. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    exclude-result-prefixes="m th">
  <xsl:output method="xml" indent="no" encoding="UTF-8" standalone="yes"/>

  <xsl:variable name="form" select="/m:form"/>
  <xsl:variable name="theme" select="/m:form/th:theme"/>
  <xsl:variable name="font" select="$theme/th:font/@office"/>
  <xsl:variable name="size" select="$theme/th:size"/>
  <xsl:variable name="colour" select="$theme/th:colour"/>
  <xsl:variable name="page" select="$theme/th:page"/>
  <xsl:variable name="width" select="round(($page/@width - $page/@left - $page/@right) * 20)"/>

  <xsl:template match="/">
    <w:styles>
      <w:docDefaults>
        <w:rPrDefault>
          <w:rPr>
            <w:rFonts w:ascii="{$font}" w:eastAsia="{$font}" w:hAnsi="{$font}" w:cs="{$font}"/>
            <w:color w:val="{$colour/@text}"/>
            <w:sz w:val="{$size/@body * 2}"/>
            <w:szCs w:val="{$size/@body * 2}"/>
            <w:lang w:val="{$form/@lang}" w:eastAsia="{$form/@lang}" w:bidi="{$form/@lang}"/>
          </w:rPr>
        </w:rPrDefault>
        <w:pPrDefault>
          <w:pPr>
            <xsl:if test="$form/@dir = 'rtl'"><w:bidi/></xsl:if>
            <w:spacing w:after="120" w:line="264" w:lineRule="auto"/>
          </w:pPr>
        </w:pPrDefault>
      </w:docDefaults>

      <w:style w:type="paragraph" w:default="1" w:styleId="Normal">
        <w:name w:val="Normal"/><w:qFormat/>
      </w:style>
      <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
        <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
      </w:style>
      <w:style w:type="table" w:default="1" w:styleId="TableNormal">
        <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
        <w:tblPr>
          <w:tblInd w:w="0" w:type="dxa"/>
          <w:tblCellMar>
            <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
            <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
          </w:tblCellMar>
        </w:tblPr>
      </w:style>
      <w:style w:type="numbering" w:default="1" w:styleId="NoList">
        <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
      </w:style>

      <!-- titles and headings -->
      <w:style w:type="paragraph" w:styleId="Title">
        <w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:keepNext/>
          <w:spacing w:before="0" w:after="80" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:b/><w:bCs/><w:color w:val="{$colour/@accent}"/>
          <w:sz w:val="{$size/@title * 2}"/><w:szCs w:val="{$size/@title * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="Subtitle">
        <w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{$colour/@accent}"/></w:pBdr>
          <w:spacing w:before="0" w:after="240"/>
        </w:pPr>
        <w:rPr><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="1"/>
        <xsl:with-param name="points" select="$size/@h1"/>
        <xsl:with-param name="before" select="400"/>
        <xsl:with-param name="after" select="120"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="2"/>
        <xsl:with-param name="points" select="$size/@h2"/>
        <xsl:with-param name="before" select="240"/>
        <xsl:with-param name="after" select="80"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="3"/>
        <xsl:with-param name="points" select="$size/@h3"/>
        <xsl:with-param name="before" select="240"/>
        <xsl:with-param name="after" select="60"/>
      </xsl:call-template>
      <xsl:call-template name="heading-style">
        <xsl:with-param name="level" select="4"/>
        <xsl:with-param name="points" select="$size/@body"/>
        <xsl:with-param name="before" select="200"/>
        <xsl:with-param name="after" select="60"/>
      </xsl:call-template>

      <!-- words of the form -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Note">
        <w:name w:val="Form Note"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="60" w:after="120"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Guidance">
        <w:name w:val="Form Guidance"/><w:basedOn w:val="Note"/><w:qFormat/>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Instruction">
        <w:name w:val="Form Instruction"/><w:basedOn w:val="Note"/><w:qFormat/>
        <w:pPr>
          <!-- a bar where lines begin; borders are named by the page, indents by the text -->
          <w:pBdr>
            <xsl:choose>
              <xsl:when test="$form/@dir = 'rtl'">
                <w:right w:val="single" w:sz="24" w:space="8" w:color="{$colour/@accent}"/>
              </xsl:when>
              <xsl:otherwise>
                <w:left w:val="single" w:sz="24" w:space="8" w:color="{$colour/@accent}"/>
              </xsl:otherwise>
            </xsl:choose>
          </w:pBdr>
          <w:spacing w:before="120" w:after="160"/>
          <w:ind w:left="220"/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Hint">
        <w:name w:val="Form Hint"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="80"/></w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="ListBullet">
        <w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:numPr><w:numId w:val="1"/></w:numPr>
          <w:spacing w:before="0" w:after="120"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>

      <!-- tables of questions -->
      <w:style w:type="table" w:customStyle="1" w:styleId="FormTable">
        <w:name w:val="Form Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
        <w:tblPr>
          <w:tblBorders>
            <xsl:call-template name="box">
              <xsl:with-param name="inside" select="true()"/>
            </xsl:call-template>
          </w:tblBorders>
          <w:tblCellMar>
            <w:top w:w="50" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>
            <w:bottom w:w="50" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>
          </w:tblCellMar>
        </w:tblPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHead">
        <w:name w:val="Form Table Head"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="20" w:after="20" w:line="252" w:lineRule="auto"/></w:pPr>
        <w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHeadHint">
        <w:name w:val="Form Table Head Hint"/><w:basedOn w:val="TableHead"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr>
        <w:rPr>
          <w:b w:val="0"/><w:bCs w:val="0"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabel">
        <w:name w:val="Form Table Label"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="20" w:after="20" w:line="252" w:lineRule="auto"/></w:pPr>
        <w:rPr><w:b/><w:bCs/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHint">
        <w:name w:val="Form Table Hint"/><w:basedOn w:val="Hint"/><w:qFormat/>
        <w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableAnswer">
        <w:name w:val="Form Table Answer"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="DetailsLabel">
        <w:name w:val="Form Details Label"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:spacing w:before="20" w:after="20" w:line="252" w:lineRule="auto"/></w:pPr>
        <w:rPr><w:b/><w:bCs/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="RowLabel">
        <w:name w:val="Form Row Label"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr><w:keepNext/><w:spacing w:before="200" w:after="60"/></w:pPr>
        <w:rPr><w:b/><w:bCs/><w:color w:val="{$colour/@muted}"/></w:rPr>
      </w:style>

      <!-- a question across the width of a table, drawn as its continuation: a shaded label and
           a box. Borders stand outside the text by their space, hence the indents. The label's
           lines above and below have the colour of its shade: they are there for the padding. -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideLabel">
        <w:name w:val="Form Wide Label"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:keepNext/>
          <w:pBdr>
            <w:top w:val="single" w:sz="4" w:space="3" w:color="{$colour/@shade}"/>
            <w:left w:val="single" w:sz="4" w:space="5" w:color="{$colour/@rule}"/>
            <w:bottom w:val="single" w:sz="4" w:space="2" w:color="{$colour/@shade}"/>
            <w:right w:val="single" w:sz="4" w:space="5" w:color="{$colour/@rule}"/>
          </w:pBdr>
          <w:shd w:val="clear" w:color="auto" w:fill="{$colour/@shade}"/>
          <w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/>
          <w:ind w:left="110" w:right="110"/>
        </w:pPr>
        <w:rPr><w:b/><w:bCs/></w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideHint">
        <w:name w:val="Form Wide Hint"/><w:basedOn w:val="WideLabel"/><w:qFormat/>
        <w:rPr>
          <w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@hint * 2}"/><w:szCs w:val="{$size/@hint * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideAnswer">
        <w:name w:val="Form Wide Answer"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><xsl:call-template name="box"><xsl:with-param name="space" select="5"/></xsl:call-template></w:pBdr>
          <w:spacing w:before="0" w:after="160"/>
          <w:ind w:left="110" w:right="110"/>
        </w:pPr>
      </w:style>

      <!-- the box under a question that stands alone -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="AnswerBox">
        <w:name w:val="Form Answer Box"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:pBdr><xsl:call-template name="box"><xsl:with-param name="space" select="5"/></xsl:call-template></w:pBdr>
          <w:spacing w:before="120" w:after="200"/>
          <w:ind w:left="110" w:right="110"/>
        </w:pPr>
      </w:style>

      <!-- a choice of several: its check box hangs before its words -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="Choice">
        <w:name w:val="Form Choice"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs>
          <w:spacing w:before="0" w:after="200"/>
          <w:ind w:left="400" w:hanging="400"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableChoice">
        <w:name w:val="Form Table Choice"/><w:basedOn w:val="Choice"/><w:qFormat/>
        <w:pPr><w:spacing w:before="20" w:after="20" w:line="252" w:lineRule="auto"/></w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="WideChoice">
        <w:name w:val="Form Wide Choice"/><w:basedOn w:val="WideAnswer"/><w:qFormat/>
        <w:pPr>
          <w:tabs><w:tab w:val="left" w:pos="510"/></w:tabs>
          <w:ind w:left="510" w:right="110" w:hanging="400"/>
          <w:contextualSpacing/>
        </w:pPr>
      </w:style>

      <!-- signatures: label, tab, answer on a ruled line -->
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureLine">
        <w:name w:val="Form Signature Line"/><w:basedOn w:val="Normal"/><w:qFormat/>
        <w:pPr>
          <w:pBdr>
            <w:bottom w:val="single" w:sz="4" w:space="2" w:color="{$colour/@rule}"/>
            <w:between w:val="single" w:sz="4" w:space="2" w:color="{$colour/@rule}"/>
          </w:pBdr>
          <w:tabs><w:tab w:val="left" w:pos="2400"/></w:tabs>
          <w:spacing w:before="90" w:after="0"/>
          <w:ind w:left="2400" w:hanging="2400"/>
        </w:pPr>
      </w:style>
      <w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureMark">
        <w:name w:val="Form Signature Mark"/><w:basedOn w:val="SignatureLine"/><w:qFormat/>
        <w:pPr><w:spacing w:before="400" w:after="0"/></w:pPr>
      </w:style>

      <!-- the edges of the page -->
      <w:style w:type="paragraph" w:styleId="Header">
        <w:name w:val="header"/><w:basedOn w:val="Normal"/>
        <w:pPr>
          <w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{$colour/@rule}"/></w:pBdr>
          <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@small * 2}"/><w:szCs w:val="{$size/@small * 2}"/>
        </w:rPr>
      </w:style>
      <w:style w:type="paragraph" w:styleId="Footer">
        <w:name w:val="footer"/><w:basedOn w:val="Normal"/>
        <w:pPr>
          <w:tabs><w:tab w:val="right" w:pos="{$width}"/></w:tabs>
          <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
        </w:pPr>
        <w:rPr>
          <w:color w:val="{$colour/@muted}"/>
          <w:sz w:val="{$size/@small * 2}"/><w:szCs w:val="{$size/@small * 2}"/>
        </w:rPr>
      </w:style>

      <w:style w:type="character" w:styleId="PlaceholderText">
        <w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/>
        <!-- 7:1 on white: Word's own grey is too faint for WCAG 1.4.3 -->
        <w:rPr><w:color w:val="595959"/></w:rPr>
      </w:style>
    </w:styles>
  </xsl:template>

  <xsl:template name="heading-style">
    <xsl:param name="level"/>
    <xsl:param name="points"/>
    <xsl:param name="before"/>
    <xsl:param name="after"/>
    <w:style w:type="paragraph" w:styleId="Heading{$level}">
      <w:name w:val="heading {$level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:uiPriority w:val="9"/><w:qFormat/>
      <w:pPr>
        <w:keepNext/><w:keepLines/>
        <w:spacing w:before="{$before}" w:after="{$after}" w:line="240" w:lineRule="auto"/>
        <w:outlineLvl w:val="{$level - 1}"/>
      </w:pPr>
      <w:rPr>
        <w:b/><w:bCs/><w:color w:val="{$colour/@accent}"/>
        <w:sz w:val="{$points * 2}"/><w:szCs w:val="{$points * 2}"/>
      </w:rPr>
    </w:style>
  </xsl:template>

  <!-- Four borders, for a table also those inside, in the order of the schema. -->
  <xsl:template name="box">
    <xsl:param name="space" select="0"/>
    <xsl:param name="inside" select="false()"/>
    <w:top w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour/@rule}"/>
    <w:left w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour/@rule}"/>
    <w:bottom w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour/@rule}"/>
    <w:right w:val="single" w:sz="4" w:space="{$space}" w:color="{$colour/@rule}"/>
    <xsl:if test="$inside">
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{$colour/@rule}"/>
      <w:insideV w:val="single" w:sz="4" w:space="0" w:color="{$colour/@rule}"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
