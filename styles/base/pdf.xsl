<?xml version="1.0" encoding="UTF-8"?>
<!-- The model as a page layout (docs/layout.md), with places for the answers (docs/programs.md).

     Here is what the PDF looks like: sizes and colours come from the theme, everything else from
     the styles and templates below. A theme sheet may import this one and override any of them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns="urn:formc:layout:1" exclude-result-prefixes="m th">
  <xsl:include href="formc:words.xsl"/>
  <xsl:include href="formc:labels.xsl"/>
  <xsl:include href="formc:links.xsl"/>
  <xsl:include href="formc:who.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8"/>
  <xsl:strip-space elements="m:form m:body m:section m:group m:repeat m:signature m:field m:details
    m:choices m:columns m:prompts m:note m:hint m:heading"/>

  <!-- yes: a place for a digital signature beside each mark -->
  <xsl:param name="sign-fields" select="'no'"/>

  <xsl:key name="picture" match="/m:form/m:pictures/m:picture" use="@n"/>

  <xsl:variable name="form" select="/m:form"/>
  <xsl:variable name="theme" select="$form/th:theme"/>
  <xsl:variable name="size" select="$theme/th:size"/>
  <xsl:variable name="colour" select="$theme/th:colour"/>
  <xsl:variable name="page" select="$theme/th:page"/>
  <!-- Distances are what they are beside type of 11 points, and grow with it. -->
  <xsl:variable name="unit" select="$size/@body div 11"/>
  <xsl:variable name="width" select="$page/@width - $page/@left - $page/@right"/>
  <!-- The padding beside what stands in a cell, and about how wide a letter of a label is: 0.6 of
       the type size. -->
  <xsl:variable name="side" select="6 * $unit"/>
  <xsl:variable name="letter" select="($size/@hint + 0.5) * 0.6"/>

  <xsl:template match="/">
    <document lang="{$form/@lang}" dir="{$form/@dir}" held="{key('words', 'held')}"
      shaped="{key('words', 'shaped')}">
      <xsl:attribute name="title"><xsl:call-template name="document-title"/></xsl:attribute>
      <page>
        <xsl:copy-of select="$theme/th:page/@*"/>
      </page>
      <xsl:call-template name="styles"/>
      <answers style="answer" help="help" rule="{$colour/@field}"/>
      <xsl:call-template name="header"/>
      <xsl:call-template name="footer"/>
      <body>
        <xsl:call-template name="letterhead"/>
        <xsl:call-template name="title-block"/>
        <xsl:call-template name="pages"/>
      </body>
    </document>
  </xsl:template>

  <!-- ============================================================ page furniture -->

  <!-- At the top of a page: the form's title, which on the first page stands in the text, and what
       the theme says, or whose form it is. -->
  <xsl:template name="header">
    <header style="furniture" first="no" rule="{$colour/@rule}">
      <xsl:if test="$theme/th:header"><xsl:attribute name="first">end</xsl:attribute></xsl:if>
      <start><xsl:value-of select="$form/@title"/></start>
      <end><xsl:value-of select="($theme/th:organisation/@name[not($theme/th:header)] | $theme/th:header/@text)[1]"/></end>
    </header>
  </xsl:template>

  <!-- At its foot: which form, version and plan this is, page x of y, and what the theme says. -->
  <xsl:template name="footer">
    <footer style="furniture" rule="{$colour/@rule}">
      <start>
        <xsl:value-of select="concat($form/@id, ' · ')"/>
        <xsl:call-template name="say"><xsl:with-param name="id" select="'version'"/></xsl:call-template>
        <xsl:call-template name="status"/>
        <fx:when plan="yes">
          <xsl:text> · </xsl:text>
          <xsl:call-template name="say"><xsl:with-param name="id" select="'plan'"/></xsl:call-template>
        </fx:when>
      </start>
      <end>
        <xsl:call-template name="page-words">
          <xsl:with-param name="words" select="string(key('words', 'page'))"/>
        </xsl:call-template>
      </end>
      <more><xsl:value-of select="$theme/th:footer/@text"/></more>
    </footer>
  </xsl:template>

  <!-- Above the title: whose form it is. -->
  <xsl:template name="letterhead">
    <xsl:for-each select="$theme[th:organisation or th:logo]">
      <letterhead style="organisation">
        <xsl:call-template name="tongue"/>
        <xsl:for-each select="th:logo">
          <xsl:attribute name="alt"><xsl:value-of select="@alt"/></xsl:attribute>
          <xsl:attribute name="width"><xsl:value-of select="@width"/></xsl:attribute>
          <xsl:attribute name="height"><xsl:value-of select="@height"/></xsl:attribute>
        </xsl:for-each>
        <xsl:value-of select="th:organisation/@name"/>
      </letterhead>
    </xsl:for-each>
  </xsl:template>

  <!-- Below the title: for a theme's sheet. -->
  <xsl:template name="introduction"/>

  <xsl:template name="title-block">
    <xsl:call-template name="title"/>
    <p style="version">
      <xsl:call-template name="say"><xsl:with-param name="id" select="'version'"/></xsl:call-template>
      <xsl:call-template name="status"/>
      <xsl:call-template name="subtitle"/>
    </p>
  </xsl:template>

  <xsl:template name="status">
    <xsl:if test="$form/@status = 'draft'">
      <xsl:text> · </xsl:text>
      <b><xsl:value-of select="key('words', 'draft')"/></b>
    </xsl:if>
  </xsl:template>

  <xsl:template name="title">
    <h level="1" style="title" outline="no">
      <xsl:call-template name="title-tongue"/>
      <xsl:value-of select="$form/@title"/>
    </h>
  </xsl:template>

  <!-- The language of the form's title, where it is not that of the document. -->
  <xsl:template name="title-tongue">
    <xsl:if test="$form/@title-lang">
      <xsl:attribute name="lang"><xsl:value-of select="$form/@title-lang"/></xsl:attribute>
      <xsl:attribute name="dir"><xsl:value-of select="$form/@title-dir"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- What stands below the title. -->
  <xsl:template name="pages">
    <xsl:call-template name="how"/>
    <xsl:call-template name="introduction"/>
    <xsl:apply-templates select="$purpose"/>
    <xsl:call-template name="who"/>
    <xsl:apply-templates select="$form/m:body/m:*[count(preceding-sibling::m:*) &gt;= count($purpose)]"/>
    <xsl:call-template name="further"/>
  </xsl:template>

  <!-- How to fill the form in. -->
  <xsl:template name="how">
    <p style="how"><xsl:value-of select="key('words', 'how-pdf')"/></p>
  </xsl:template>

  <!-- Who completes what, where that is not the same for all of it. -->
  <xsl:template name="who">
    <xsl:if test="count($completed) &gt; 1">
      <table rule="{$colour/@rule}" pad="{4.5 * $unit}" side="{$side}" columns="38 62" keep="yes">
        <row header="yes">
          <cell head="column" fill="{$colour/@shade}"><p style="column"><xsl:value-of select="key('words', 'who-completes')"/></p></cell>
          <cell head="column" fill="{$colour/@shade}"><p style="column"><xsl:value-of select="key('words', 'who-part')"/></p></cell>
        </row>
        <xsl:for-each select="$completed">
          <row>
            <cell head="row" fill="{$colour/@shade}">
              <xsl:variable name="jointly"><xsl:call-template name="jointly"/></xsl:variable>
              <xsl:if test="$jointly = 'yes'"><p style="label"><xsl:value-of select="key('words', 'who-jointly')"/></p></xsl:if>
              <xsl:variable name="owners" select="concat(' ', @owners, ' ')"/>
              <xsl:for-each select="$form/m:parties/m:party[contains($owners, concat(' ', @id, ' '))]">
                <p style="label"><xsl:call-template name="tongue"/><xsl:value-of select="."/></p>
              </xsl:for-each>
            </cell>
            <cell>
              <xsl:for-each select="key('completed', concat(@owners, '|', @jointly))">
                <p style="label"><xsl:call-template name="tongue"/><xsl:call-template name="heading-words"/></p>
              </xsl:for-each>
            </cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <!-- What the document is called in a list of files. -->
  <xsl:template name="document-title"><xsl:value-of select="$form/@title"/></xsl:template>

  <!-- "Page {page} of {pages}", in the order of the language. -->
  <xsl:template name="page-words">
    <xsl:param name="words"/>
    <xsl:variable name="place" select="substring-before(substring-after($words, '{'), '}')"/>
    <xsl:choose>
      <xsl:when test="$place != ''">
        <xsl:value-of select="substring-before($words, '{')"/>
        <xsl:choose>
          <xsl:when test="$place = 'page'"><page/></xsl:when>
          <xsl:otherwise><pages/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="page-words">
          <xsl:with-param name="words" select="substring-after(substring-after($words, '{'), '}')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The language and direction of the current node, as attributes, where they are not those of
       the document. -->
  <xsl:template name="tongue">
    <xsl:variable name="in" select="ancestor-or-self::*[@lang][1]"/>
    <xsl:if test="$in/@lang != $form/@lang">
      <xsl:attribute name="lang"><xsl:value-of select="$in/@lang"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$in/@dir != $form/@dir">
      <xsl:attribute name="dir"><xsl:value-of select="$in/@dir"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- More for the line below the title. -->
  <xsl:template name="subtitle"/>

  <xsl:template name="styles">
    <xsl:variable name="text" select="$colour/@text"/>
    <xsl:variable name="accent" select="$colour/@accent"/>
    <xsl:variable name="muted" select="$colour/@muted"/>
    <style name="organisation" face="bold" size="{$size/@h2}" leading="{$size/@h2 * 1.35}" colour="{$text}"
      after="{14 * $unit}"/>
    <style name="title" face="bold" size="{$size/@title}" leading="{$size/@title * 1.25}"
      colour="{$accent}" after="{6 * $unit}"/>
    <style name="version" size="{$size/@hint}" leading="{$size/@hint * 1.5}" colour="{$muted}"
      after="{16 * $unit}" rule="{$colour/@rule}"/>
    <style name="how" size="{$size/@hint}" leading="{$size/@hint * 1.45}" colour="{$muted}" after="{10 * $unit}"/>
    <style name="h2" face="bold" size="{$size/@h1}" leading="{$size/@h1 * 1.3}" colour="{$accent}"
      before="{26 * $unit}" after="{10 * $unit}" keep="next" rule="{$accent}"/>
    <style name="h3" face="bold" size="{$size/@h2}" leading="{$size/@h2 * 1.35}" colour="{$accent}"
      before="{18 * $unit}" after="{5 * $unit}" keep="next"/>
    <style name="h4" face="bold" size="{$size/@h3}" leading="{$size/@h3 * 1.35}" colour="{$accent}"
      before="{14 * $unit}" after="{4 * $unit}" keep="next"/>
    <style name="body" size="{$size/@body}" leading="{$size/@body * 1.42}" colour="{$text}"
      after="{8 * $unit}"/>
    <style name="short" size="{$size/@body}" leading="{$size/@body * 1.42}" colour="{$text}"
      after="{8 * $unit}" keep="next"/>
    <style name="lead" size="{$size/@body}" leading="{$size/@body * 1.42}" colour="{$text}"
      after="{4 * $unit}" keep="next"/>
    <style name="items" size="{$size/@body}" leading="{$size/@body * 1.42}" colour="{$text}"
      indent="{8 * $unit}" after="{10 * $unit}"/>
    <style name="hint" size="{$size/@hint}" leading="{$size/@hint * 1.4}" colour="{$muted}"
      after="{4 * $unit}" keep="next"/>
    <style name="hint-items" size="{$size/@hint}" leading="{$size/@hint * 1.4}" colour="{$muted}"
      after="{4 * $unit}" indent="{8 * $unit}" keep="next"/>
    <style name="choices" size="{$size/@hint + 0.5}" leading="{$size/@hint * 1.55}" colour="{$text}"
      after="{12 * $unit}"/>
    <style name="prompts" size="{$size/@hint - 0.5}" leading="{$size/@hint * 1.28}" colour="{$text}"
      indent="{4 * $unit}" after="{6 * $unit}" keep="next"/>
    <style name="column" face="bold" size="{$size/@hint}" leading="{$size/@hint * 1.4}"
      colour="{$accent}"/>
    <style name="label" size="{$size/@hint + 0.5}" leading="{$size/@hint * 1.4}" colour="{$text}"
      keep="next" after="{2 * $unit}"/>
    <style name="answer" size="{$size/@hint + 0.5}" leading="{$size/@hint * 1.45}" colour="000000"/>
    <style name="said" size="{$size/@body}" leading="{$size/@body * 1.42}" colour="000000" after="{6 * $unit}"/>
    <style name="unsaid" face="italic" size="{$size/@hint}" leading="{$size/@hint * 1.45}"
      colour="{$muted}" after="{6 * $unit}"/>
    <style name="conflict" size="{$size/@hint}" leading="{$size/@hint * 1.45}" colour="{$text}"
      before="{4 * $unit}" after="{2 * $unit}" keep="next"/>
    <style name="help" size="{$size/@small - 1}" leading="{$size/@small * 1.3}"
      colour="{$colour/@muted}"/>
    <style name="furniture" size="{$size/@small - 0.5}" leading="{$size/@small * 1.4}"
      colour="{$muted}"/>
  </xsl:template>

  <!-- ============================================================ headings and text -->

  <!-- The title is the first level of the document, so that a section is the second. -->
  <xsl:template name="heading">
    <xsl:param name="level" select="@level"/>
    <h level="{$level + 1}">
      <xsl:attribute name="style">
        <xsl:choose>
          <xsl:when test="$level = 1">h2</xsl:when>
          <xsl:when test="$level = 2">h3</xsl:when>
          <xsl:otherwise>h4</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:call-template name="tongue"/>
      <xsl:call-template name="id"/>
      <xsl:call-template name="heading-words"/>
    </h>
  </xsl:template>

  <!-- The number and the words of a part of the form. -->
  <xsl:template name="heading-words">
    <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
    <xsl:value-of select="@title | @label"/>
  </xsl:template>

  <xsl:template match="m:heading">
    <h level="{@level + 1}">
      <xsl:attribute name="style">
        <xsl:choose>
          <xsl:when test="@level = 1">h2</xsl:when>
          <xsl:when test="@level = 2">h3</xsl:when>
          <xsl:otherwise>h4</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:call-template name="tongue"/>
      <xsl:apply-templates/>
    </h>
  </xsl:template>

  <xsl:template match="m:em"><i><xsl:apply-templates/></i></xsl:template>
  <xsl:template match="m:strong"><b><xsl:apply-templates/></b></xsl:template>

  <xsl:template match="m:ref">
    <xsl:variable name="to"><xsl:call-template name="leads-to"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="$to != '' and . != ''">
        <a to="{$to}" colour="{$colour/@accent}"><xsl:apply-templates/></a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The element being made is the place of the current node, when something leads there. -->
  <xsl:template name="id">
    <xsl:variable name="led-to"><xsl:call-template name="led-to"/></xsl:variable>
    <xsl:if test="$led-to = 'yes'"><xsl:attribute name="id"><xsl:value-of select="@path"/></xsl:attribute></xsl:if>
  </xsl:template>

  <!-- Paragraphs and list items of a text: items that stand together are one list. -->
  <xsl:template name="text">
    <xsl:param name="style" select="'body'"/>
    <xsl:param name="lead" select="$style"/>
    <xsl:param name="items" select="'items'"/>
    <xsl:for-each select="*">
      <xsl:choose>
        <xsl:when test="self::m:p">
          <p style="{$style}">
            <xsl:if test="following-sibling::*[1][self::m:item]">
              <xsl:attribute name="style"><xsl:value-of select="$lead"/></xsl:attribute>
            </xsl:if>
            <xsl:call-template name="tongue"/>
            <xsl:apply-templates/>
          </p>
        </xsl:when>
        <xsl:when test="self::m:item and not(preceding-sibling::*[1][self::m:item])">
          <xsl:variable name="before" select="count(preceding-sibling::m:p)"/>
          <list style="{$items}" marker="•">
            <xsl:for-each select=". | following-sibling::m:item[count(preceding-sibling::m:p) = $before]">
              <item>
                <xsl:call-template name="tongue"/>
                <xsl:apply-templates/>
              </item>
            </xsl:for-each>
          </list>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- A short note does not stay behind alone when what it is about begins a new page. -->
  <xsl:template match="m:note">
    <xsl:call-template name="text">
      <xsl:with-param name="style">
        <xsl:choose>
          <xsl:when test="string-length(.) &lt; 160 and following-sibling::m:*[1][
              self::m:field or self::m:repeat]">short</xsl:when>
          <xsl:otherwise>body</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="lead" select="'lead'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="m:prompts">
    <list style="prompts" marker="•">
      <xsl:for-each select="m:p"><item><xsl:call-template name="tongue"/><xsl:apply-templates/></item></xsl:for-each>
    </list>
  </xsl:template>

  <xsl:template match="m:hint" mode="show">
    <xsl:call-template name="text">
      <xsl:with-param name="style" select="'hint'"/>
      <xsl:with-param name="items" select="'hint-items'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="m:columns | m:column | m:hint | m:choices | m:details | m:picture"/>

  <!-- ============================================================ sections and groups -->

  <xsl:template match="m:section">
    <xsl:call-template name="heading"/>
    <xsl:call-template name="content"/>
  </xsl:template>

  <!-- A group stays on one page when it fits on one. -->
  <xsl:template match="m:group">
    <keep>
      <xsl:call-template name="heading"/>
      <xsl:call-template name="content"/>
    </keep>
  </xsl:template>

  <xsl:template match="m:signature">
    <keep>
      <xsl:call-template name="heading"/>
      <xsl:apply-templates select="m:hint" mode="show"/>
      <xsl:call-template name="rows">
        <xsl:with-param name="fields" select="m:field"/>
      </xsl:call-template>
      <xsl:apply-templates select="*[not(self::m:field)]"/>
    </keep>
  </xsl:template>

  <xsl:template name="content">
    <xsl:choose>
      <xsl:when test="@layout != 'table'">
        <xsl:apply-templates select="m:*"/>
      </xsl:when>
      <!-- One table for all fields, when nothing stands between them. -->
      <xsl:when test="not(m:*[not(self::m:field or self::m:columns)])">
        <xsl:if test="m:field">
          <xsl:call-template name="rows">
            <xsl:with-param name="fields" select="m:field"/>
          </xsl:call-template>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="m:*">
          <xsl:variable name="before" select="count(preceding-sibling::m:*[not(self::m:field)])"/>
          <xsl:choose>
            <xsl:when test="not(self::m:field)"><xsl:apply-templates select="."/></xsl:when>
            <xsl:when test="not(preceding-sibling::m:*[1][self::m:field])">
              <xsl:variable name="fields" select=". | following-sibling::m:field[
                  count(preceding-sibling::m:*[not(self::m:field)]) = $before]"/>
              <xsl:for-each select="..">
                <xsl:call-template name="rows">
                  <xsl:with-param name="fields" select="$fields"/>
                </xsl:call-template>
              </xsl:for-each>
            </xsl:when>
          </xsl:choose>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Fields as a table: label and answer, and details beside a yes or no. -->
  <xsl:template name="rows">
    <xsl:param name="fields"/>
    <xsl:param name="lines"/>
    <!-- A table of the size of a paragraph or two is not torn apart. -->
    <xsl:variable name="keep"><xsl:if test="count($fields) &lt;= 12">yes</xsl:if></xsl:variable>
    <xsl:variable name="wide" select="$fields/m:details or count(m:columns/m:column) = 3"/>
    <!-- Labels stand above the answers where their column is too narrow for them, in all signatures
         side by side alike. Where the columns have names, that of the labels is wider instead. -->
    <xsl:variable name="narrow">
      <xsl:if test="not($wide)">
        <xsl:call-template name="too-narrow">
          <xsl:with-param name="fields" select="$fields | self::m:signature/../m:signature/m:field"/>
          <xsl:with-param name="letters" select="($width * 0.38 - 2 * $side) div $letter"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:variable name="above" select="$narrow = 'yes' and not(m:columns)"/>
    <!-- The middle one of three columns holds every word of its name, which is bold. -->
    <xsl:variable name="name">
      <xsl:call-template name="longest-word">
        <xsl:with-param name="text" select="normalize-space(m:columns/m:column[2][following-sibling::m:column])"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="middle" select="ceiling(($name * 1.15 * $letter + 2 * $side) div $width * 100)"/>
    <!-- Two dates one after the other, as start and end are, share a row: the table then has four
         columns, when those of 20 and 21 in the hundred hold a date of ten digits and signs (0.64 of
         the type size each, with the padding of its box). -->
    <xsl:variable name="pairs" select="not($wide) and not(m:columns) and not($above) and $fields[@type = 'date'][
        following-sibling::m:*[1][@type = 'date']] and
        $width * 0.21 - 2 * $side &gt;= $size/@body * 6.4"/>
    <xsl:variable name="all">
      <xsl:choose>
        <xsl:when test="$wide">3</xsl:when>
        <xsl:when test="$pairs">4</xsl:when>
        <xsl:otherwise>2</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <table rule="{$colour/@rule}" pad="{4.5 * $unit}" side="{$side}" keep="{$keep}" lines="{$lines}">
      <xsl:attribute name="columns">
        <xsl:choose>
          <xsl:when test="$wide and $middle &gt; 16">
            <xsl:value-of select="concat('40 ', $middle, ' ', 60 - $middle)"/>
          </xsl:when>
          <xsl:when test="$wide">40 16 44</xsl:when>
          <xsl:when test="$narrow = 'yes' and not($above)">50 50</xsl:when>
          <xsl:when test="$pairs">38 21 20 21</xsl:when>
          <xsl:otherwise>38 62</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="m:columns/m:column">
        <xsl:variable name="have" select="count(m:columns/m:column)"/>
        <row header="yes">
          <xsl:for-each select="m:columns/m:column">
            <cell head="column" fill="{$colour/@shade}">
              <xsl:if test="$wide and position() = last() and $have = 2">
                <xsl:attribute name="span">2</xsl:attribute>
              </xsl:if>
              <p style="column"><xsl:call-template name="tongue"/><xsl:value-of select="."/></p>
            </cell>
          </xsl:for-each>
        </row>
      </xsl:if>
      <xsl:for-each select="$fields">
        <xsl:variable name="before" select="preceding-sibling::m:*[1]"/>
        <xsl:variable name="second" select="@type = 'date' and $before/@type = 'date'
            and not($before/preceding-sibling::m:*[1]/@type = 'date')"/>
        <xsl:if test="not($pairs and $second)">
          <xsl:call-template name="row">
            <xsl:with-param name="all" select="$all"/>
            <xsl:with-param name="above" select="$above"/>
            <xsl:with-param name="pair" select="$pairs and @type = 'date'
                and not($before/@type = 'date') and following-sibling::m:*[1]/@type = 'date'"/>
          </xsl:call-template>
        </xsl:if>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template name="row">
    <xsl:param name="all"/>
    <xsl:param name="above"/>
    <xsl:param name="pair"/>
    <xsl:choose>
      <xsl:when test="$above">
        <xsl:for-each select=". | m:details/m:field">
          <row keep="next">
            <cell head="row" fill="{$colour/@shade}" span="{$all}">
              <xsl:call-template name="label"/>
            </cell>
          </row>
          <row>
            <cell span="{$all}">
              <xsl:apply-templates select="m:hint" mode="show"/>
              <xsl:call-template name="place"/>
            </cell>
          </row>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="@wide = 'yes'">
        <row keep="next">
          <cell head="row" fill="{$colour/@shade}" span="{$all}">
            <xsl:call-template name="label"/>
          </cell>
        </row>
        <row>
          <cell span="{$all}">
            <xsl:apply-templates select="m:hint" mode="show"/>
            <xsl:call-template name="place"/>
          </cell>
        </row>
        <xsl:for-each select="m:details/m:field">
          <row>
            <cell head="row" fill="{$colour/@shade}"><xsl:call-template name="label"/></cell>
            <cell span="{$all - 1}">
              <xsl:apply-templates select="m:hint" mode="show"/>
              <xsl:call-template name="place"/>
            </cell>
          </row>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <row>
          <cell head="row" fill="{$colour/@shade}">
            <xsl:call-template name="label"/>
          </cell>
          <cell>
            <xsl:if test="$all &gt; 2 and not($pair) and not(m:details)">
              <xsl:attribute name="span"><xsl:value-of select="$all - 1"/></xsl:attribute>
            </xsl:if>
            <xsl:apply-templates select="m:hint" mode="show"/>
            <xsl:call-template name="place"/>
          </cell>
          <xsl:if test="$pair">
            <xsl:for-each select="following-sibling::m:*[1]">
              <cell head="row" fill="{$colour/@shade}"><xsl:call-template name="label"/></cell>
              <cell>
                <xsl:apply-templates select="m:hint" mode="show"/>
                <xsl:call-template name="place"/>
              </cell>
            </xsl:for-each>
          </xsl:if>
          <xsl:if test="m:details">
            <cell>
              <xsl:for-each select="m:details/m:field">
                <xsl:call-template name="picture"/>
                <p style="hint">
                  <xsl:call-template name="tongue"/>
                  <xsl:call-template name="id"/>
                  <xsl:value-of select="@label"/>
                </p>
                <xsl:apply-templates select="m:hint" mode="show"/>
                <xsl:call-template name="place"/>
              </xsl:for-each>
            </cell>
          </xsl:if>
        </row>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="label">
    <xsl:call-template name="picture"/>
    <xsl:call-template name="label-words"/>
  </xsl:template>

  <xsl:template name="label-words">
    <p style="label">
      <xsl:call-template name="tongue"/>
      <xsl:call-template name="id"/>
      <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
      <xsl:value-of select="@label"/>
    </p>
  </xsl:template>

  <!-- ============================================================ fields that stand alone -->

  <xsl:template match="m:field">
    <xsl:for-each select=". | m:details/m:field">
      <xsl:choose>
        <xsl:when test="m:picture">
          <figure>
            <xsl:call-template name="figure"><xsl:with-param name="side" select="84 * $unit"/></xsl:call-template>
            <xsl:call-template name="question"/>
          </figure>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="question"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="place"/>
    </xsl:for-each>
  </xsl:template>

  <!-- Its words, and the help with them. -->
  <xsl:template name="question">
    <xsl:choose>
      <xsl:when test="@level"><xsl:call-template name="heading"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="label-words"/></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="m:hint" mode="show"/>
  </xsl:template>

  <!-- The picture of the current field, where its label is in a table: above the words. -->
  <xsl:template name="picture">
    <xsl:if test="m:picture">
      <figure><xsl:call-template name="figure"><xsl:with-param name="side" select="48 * $unit"/></xsl:call-template></figure>
    </xsl:if>
  </xsl:template>

  <!-- Which picture, in a square with such a side. -->
  <xsl:template name="figure">
    <xsl:param name="side"/>
    <xsl:variable name="of" select="key('picture', m:picture/@n)"/>
    <xsl:variable name="scale" select="$side div (($of/@width)[. &gt;= $of/@height] | ($of/@height)[. &gt; $of/@width])"/>
    <xsl:attribute name="picture"><xsl:value-of select="m:picture/@n"/></xsl:attribute>
    <xsl:attribute name="alt"><xsl:value-of select="m:picture/@alt"/></xsl:attribute>
    <xsl:attribute name="width"><xsl:value-of select="format-number($of/@width * $scale, '0.##')"/></xsl:attribute>
    <xsl:attribute name="height"><xsl:value-of select="format-number($of/@height * $scale, '0.##')"/></xsl:attribute>
    <xsl:call-template name="tongue"/>
  </xsl:template>

  <!-- ============================================================ what repeats -->

  <xsl:template match="m:repeat">
    <xsl:if test="@label != '' and @level"><xsl:call-template name="heading"/></xsl:if>
    <xsl:apply-templates select="m:hint" mode="show"/>
    <xsl:call-template name="further-here"/>
    <xsl:call-template name="repeat"/>
  </xsl:template>

  <!-- The rows of a repeat: those of the plan and blank ones, or the further ones. -->
  <xsl:template name="repeat">
    <xsl:param name="further" select="false()"/>
    <!-- A table, when even the narrowest column holds ten signs and every word of the labels. -->
    <xsl:variable name="narrow">
      <xsl:if test="@layout = 'table'">
        <xsl:variable name="letters" select="($width * 9 div (9 * count(m:field) + 3 * count(
            m:field[@multiline = 'yes' or @type = 'choices'])) - 2 * $side) div $letter"/>
        <xsl:if test="$letters &lt; 10">yes</xsl:if>
        <xsl:call-template name="too-narrow">
          <xsl:with-param name="fields" select="m:field"/>
          <xsl:with-param name="letters" select="$letters"/>
          <xsl:with-param name="lines" select="1000"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@layout = 'table' and $narrow = ''">
        <table rule="{$colour/@rule}" pad="{4.5 * $unit}" side="{$side}" keep="yes">
          <xsl:attribute name="columns">
            <xsl:for-each select="m:field">
              <!-- Prose and lists get more room than a date. -->
              <xsl:choose>
                <xsl:when test="@multiline = 'yes' or @type = 'choices'">12 </xsl:when>
                <xsl:otherwise>9 </xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </xsl:attribute>
          <row header="yes">
            <xsl:for-each select="m:field">
              <cell head="column" fill="{$colour/@shade}">
                <xsl:call-template name="picture"/>
                <p style="column">
                  <xsl:call-template name="tongue"/>
                  <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
                  <xsl:value-of select="@label"/>
                </p>
                <xsl:apply-templates select="m:hint" mode="show"/>
              </cell>
            </xsl:for-each>
          </row>
          <fx:rows repeat="{@path}">
            <xsl:if test="$further">
              <xsl:attribute name="which">further</xsl:attribute>
              <xsl:attribute name="least">3</xsl:attribute>
            </xsl:if>
            <row>
              <xsl:for-each select="m:field">
                <cell>
                  <xsl:call-template name="place"/>
                  <xsl:for-each select="m:details/m:field">
                    <xsl:call-template name="picture"/>
                    <p style="hint"><xsl:call-template name="tongue"/><xsl:value-of select="@label"/></p>
                    <xsl:apply-templates select="m:hint" mode="show"/>
                    <xsl:call-template name="place"/>
                  </xsl:for-each>
                </cell>
              </xsl:for-each>
            </row>
          </fx:rows>
        </table>
      </xsl:when>
      <xsl:otherwise>
        <fx:rows repeat="{@path}">
          <xsl:if test="$further">
            <xsl:attribute name="which">further</xsl:attribute>
            <xsl:attribute name="least">1</xsl:attribute>
            <p style="label">
              <b><xsl:call-template name="say"><xsl:with-param name="id" select="'row'"/></xsl:call-template></b>
            </p>
          </xsl:if>
          <xsl:call-template name="rows">
            <xsl:with-param name="fields" select="m:field"/>
            <xsl:with-param name="lines"><xsl:if test="$further">2</xsl:if></xsl:with-param>
          </xsl:call-template>
        </fx:rows>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Nobody can add a row to a PDF form: one that was made for a plan has further ones at its
       end, up to the most that the form allows. A blank has what the paper has. -->
  <xsl:template name="further">
    <xsl:variable name="repeats" select="$form/m:body//m:repeat"/>
    <xsl:if test="$repeats">
      <fx:when plan="yes">
        <fx:when any-further="yes">
          <h level="2" style="h2" page="new"><xsl:value-of select="key('words', 'further-rows')"/></h>
          <p style="body"><xsl:value-of select="key('words', 'further-rows-why')"/></p>
          <xsl:for-each select="$repeats">
            <fx:when further="{@path}"><xsl:call-template name="further-of"/></fx:when>
          </xsl:for-each>
        </fx:when>
      </fx:when>
    </xsl:if>
  </xsl:template>

  <!-- Those of one repeat, below its heading or that of what it stands in. -->
  <xsl:template name="further-of">
    <xsl:variable name="path" select="@path"/>
    <xsl:variable name="named" select="ancestor-or-self::m:*[@level][1]"/>
    <xsl:for-each select="$named">
      <h level="3" style="h3" id="{$path}:further">
        <xsl:call-template name="tongue"/>
        <xsl:call-template name="heading-words"/>
      </h>
    </xsl:for-each>
    <xsl:for-each select="$named/ancestor::m:*[@level][1]">
      <p style="hint">
        <xsl:call-template name="say-link">
          <xsl:with-param name="id" select="'further-rows-of'"/>
          <xsl:with-param name="to" select="concat($path, ':here')"/>
          <xsl:with-param name="label"><xsl:call-template name="heading-words"/></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:for-each>
    <xsl:call-template name="repeat"><xsl:with-param name="further" select="true()"/></xsl:call-template>
  </xsl:template>

  <!-- Where a repeat stands: that there are further rows. -->
  <xsl:template name="further-here">
    <fx:when plan="yes">
      <fx:when further="{@path}">
        <p style="hint" id="{@path}:here">
          <xsl:call-template name="say-link">
            <xsl:with-param name="id" select="'further-rows-here'"/>
            <xsl:with-param name="to" select="concat(@path, ':further')"/>
            <xsl:with-param name="label" select="key('words', 'further-rows')"/>
          </xsl:call-template>
        </p>
      </fx:when>
    </fx:when>
  </xsl:template>

  <!-- Words with a label in quotes, which is a link. -->
  <xsl:template name="say-link">
    <xsl:param name="id"/>
    <xsl:param name="to"/>
    <xsl:param name="label"/>
    <xsl:variable name="words" select="string(key('words', $id))"/>
    <xsl:variable name="quoted" select="string(key('words', 'quoted'))"/>
    <xsl:value-of select="concat(substring-before($words, '{label}'), substring-before($quoted, '{label}'))"/>
    <a to="{$to}" colour="{$colour/@accent}"><xsl:value-of select="$label"/></a>
    <xsl:value-of select="concat(substring-after($quoted, '{label}'), substring-after($words, '{label}'))"/>
  </xsl:template>

  <!-- ============================================================ the place of an answer -->

  <xsl:template name="place">
    <xsl:choose>
      <xsl:when test="@type = 'choices'"><xsl:call-template name="boxes"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="field"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Several choices: a list of check boxes. An answer that is not in the list ticks none of them
       and is printed below. -->
  <xsl:template name="boxes">
    <list style="choices">
      <xsl:for-each select="m:choices/m:choice">
        <xsl:variable name="field" select="../.."/>
        <check value="{@id}">
          <xsl:call-template name="tongue"/>
          <fx:attr name="name"><fx:value field="{$field/@path}" choice="{@id}" as="key"/></fx:attr>
          <xsl:variable name="label">
            <xsl:for-each select="$field"><xsl:call-template name="spoken"/></xsl:for-each>
            <xsl:value-of select="concat(': ', .)"/>
          </xsl:variable>
          <fx:attr name="label">
            <xsl:choose>
              <xsl:when test="$field/@container != ''">
                <xsl:call-template name="say">
                  <xsl:with-param name="id" select="'in-row'"/>
                  <xsl:with-param name="label" select="$label"/>
                </xsl:call-template>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$label"/></xsl:otherwise>
            </xsl:choose>
          </fx:attr>
          <fx:when field="{$field/@path}" chosen="{@id}"><fx:attr name="on">yes</fx:attr></fx:when>
          <xsl:value-of select="."/>
        </check>
      </xsl:for-each>
    </list>
    <fx:when unreadable="{@path}">
      <p style="answer">
        <xsl:value-of select="concat(key('words', 'not-listed'), ' ')"/>
        <fx:value field="{@path}" as="stored"/>
      </p>
    </fx:when>
  </xsl:template>

  <xsl:template name="field">
    <field lines="{@lines}" max-length="{@max-length}">
      <xsl:call-template name="tongue"/>
      <xsl:if test="@container = '' or not(@container)">
        <xsl:attribute name="label"><xsl:call-template name="spoken"/></xsl:attribute>
      </xsl:if>
      <xsl:attribute name="kind">
        <xsl:choose>
          <xsl:when test="m:choices/@open = 'yes'">open-choice</xsl:when>
          <xsl:when test="m:choices">choice</xsl:when>
          <xsl:when test="@type = 'date'">date</xsl:when>
          <xsl:when test="@type = 'mark'">mark</xsl:when>
          <xsl:when test="@multiline = 'yes'">prose</xsl:when>
          <xsl:otherwise>text</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="@type = 'date'">
        <xsl:attribute name="help"><xsl:value-of select="key('words', 'place-date')"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@type = 'date' or @type = 'part-date' or @type = 'yes-no' or @type = 'integer'
          or @type = 'money'">
        <xsl:attribute name="width">
          <xsl:choose>
            <xsl:when test="34 * $unit &lt; 100"><xsl:value-of select="34 * $unit"/></xsl:when>
            <xsl:otherwise>100</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <fx:attr name="name"><fx:value field="{@path}" as="key"/></fx:attr>
      <xsl:if test="@container != ''">
        <fx:attr name="label">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'in-row'"/>
            <xsl:with-param name="label"><xsl:call-template name="spoken"/></xsl:with-param>
          </xsl:call-template>
        </fx:attr>
      </xsl:if>
      <xsl:for-each select="m:choices/m:choice">
        <option value="{@id}"><xsl:value-of select="."/></option>
      </xsl:for-each>
      <value><fx:value field="{@path}" as="text"/></value>
      <xsl:if test="m:choices">
        <stored><fx:value field="{@path}" as="stored"/></stored>
      </xsl:if>
    </field>
    <xsl:if test="@type = 'mark' and $sign-fields = 'yes'">
      <!-- No id has this sign, so that the name is nobody's else. -->
      <field kind="signature" lines="3">
        <xsl:attribute name="label">
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'place-signature'"/>
            <xsl:with-param name="label" select="@full"/>
          </xsl:call-template>
        </xsl:attribute>
        <fx:attr name="name"><fx:value field="{@path}" as="key"/>_digital</fx:attr>
      </field>
    </xsl:if>
    <xsl:if test="@type = 'mark'">
      <fx:when stale="{@path}"><p style="hint"><b><xsl:value-of select="key('words', 'stale')"/></b></p></fx:when>
    </xsl:if>
  </xsl:template>

  <!-- What a screen reader says: the full label, and how a date is written. -->
  <xsl:template name="spoken">
    <xsl:value-of select="@full"/>
    <xsl:if test="@type = 'date'"><xsl:value-of select="concat(' (', key('words', 'place-date'), ')')"/></xsl:if>
    <xsl:if test="@type = 'part-date'"><xsl:value-of select="concat(' (', key('words', 'place-part-date'), ')')"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
