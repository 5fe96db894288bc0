<?xml version="1.0" encoding="UTF-8"?>
<!-- The model as a page for browsers, with places for the answers (docs/programs.md, docs/html.md).

     The page is whole without its script: it can be read and printed. The script
     (styles/base/html/) fills it in, checks it and saves it; it finds its places by data- attributes.
     A theme sheet may import this one and override any of the templates. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:formc:model:1" xmlns:th="urn:formc:theme:1" xmlns:fx="urn:formc:program:1"
    xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="m th">
  <xsl:include href="formc:words.xsl"/>
  <xsl:output method="xml" indent="no" encoding="UTF-8"/>
  <xsl:strip-space elements="m:form m:body m:section m:group m:repeat m:signature m:field m:details
    m:choices m:columns m:prompts m:note m:hint m:heading"/>

  <!-- What formc gives: the text of the style sheet and of the script. -->
  <xsl:param name="css"/>
  <xsl:param name="js"/>

  <xsl:key name="picture" match="/m:form/m:pictures/m:picture" use="@n"/>

  <xsl:variable name="form" select="/m:form"/>
  <xsl:variable name="theme" select="$form/th:theme"/>
  <xsl:variable name="colour" select="$theme/th:colour"/>
  <xsl:variable name="dark" select="$theme/th:dark"/>

  <xsl:template match="/">
    <html lang="{$form/@lang}" dir="{$form/@dir}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <!-- formc puts the digests of the style and the script into it. -->
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-style---------------------------------------'; script-src 'sha256-script--------------------------------------'; img-src data:; base-uri 'none'; form-action 'none'"/>
        <meta name="referrer" content="no-referrer"/>
        <title><xsl:value-of select="$form/@title"/></title>
        <style><xsl:call-template name="colours"/><xsl:value-of select="$css"/></style>
      </head>
      <body>
        <a class="skip" href="#main"><xsl:value-of select="key('words', 'html-skip')"/></a>
        <xsl:call-template name="banner"/>
        <div class="sheet">
          <xsl:call-template name="parts"/>
          <main id="main" tabindex="-1">
            <noscript><p class="notice"><xsl:value-of select="key('words', 'html-no-script')"/></p></noscript>
            <div id="formc-summary" tabindex="-1" hidden=""/>
            <xsl:call-template name="opening"/>
            <xsl:call-template name="introduction"/>
            <form id="formc-form" novalidate="" autocomplete="off">
              <xsl:apply-templates select="$form/m:body/m:*"/>
            </form>
            <xsl:call-template name="finish"/>
          </main>
        </div>
        <xsl:call-template name="foot"/>
        <script><xsl:value-of select="$js"/></script>
      </body>
    </html>
  </xsl:template>

  <!-- The theme's tokens for the style sheet: colours are RRGGBB, sizes points. -->
  <xsl:template name="colours">
    <xsl:text>:root{--page:#FFFFFF;--on-accent:#FFFFFF;</xsl:text>
    <xsl:call-template name="hues"><xsl:with-param name="in" select="$colour"/></xsl:call-template>
    <xsl:value-of select="concat('--size:', $theme/th:size/@body, ';--font:&quot;',
        ($theme/th:font/@body[not(../@web)] | $theme/th:font/@web)[1], '&quot;}&#10;')"/>
    <xsl:value-of select="concat('@media (prefers-color-scheme:dark){:root{--page:#', $dark/@page, ';--on-accent:#', $dark/@page, ';')"/>
    <xsl:call-template name="hues"><xsl:with-param name="in" select="$dark"/></xsl:call-template>
    <xsl:text>}}&#10;</xsl:text>
  </xsl:template>

  <xsl:template name="hues">
    <xsl:param name="in"/>
    <xsl:value-of select="concat('--text:#', $in/@text, ';--accent:#', $in/@accent,
        ';--muted:#', $in/@muted, ';--rule:#', $in/@rule, ';--shade:#', $in/@shade,
        ';--field:#', $in/@field, ';')"/>
  </xsl:template>

  <!-- What the page begins with: what the theme says at the top of each page, whose form it is,
       and which. -->
  <xsl:template name="banner">
    <header>
      <xsl:for-each select="$theme/th:header">
        <p class="top"><xsl:call-template name="tongue"/><xsl:value-of select="@text"/></p>
      </xsl:for-each>
      <div class="banner">
        <xsl:call-template name="letterhead"/>
        <xsl:call-template name="title"/>
        <p><xsl:call-template name="version"/></p>
      </div>
    </header>
  </xsl:template>

  <xsl:template name="title">
    <h1><xsl:call-template name="title-tongue"/><xsl:value-of select="$form/@title"/></h1>
  </xsl:template>

  <xsl:template name="letterhead">
    <xsl:if test="$theme/th:organisation or $theme/th:logo">
      <div class="letterhead">
        <xsl:for-each select="$theme/th:organisation">
          <p class="organisation"><xsl:call-template name="tongue"/><xsl:value-of select="@name"/></p>
        </xsl:for-each>
        <xsl:for-each select="$theme/th:logo">
          <!-- a point is 4/3 of a pixel of CSS -->
          <img class="logo" src="data:image/png;base64,{@png}" alt="{@alt}" width="{round(@width * 4 div 3)}"
            height="{round(@height * 4 div 3)}"><xsl:call-template name="tongue"/></img>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- What it ends with. -->
  <xsl:template name="foot">
    <footer>
      <p><xsl:call-template name="version"/></p>
      <xsl:for-each select="$theme/th:footer">
        <p><xsl:call-template name="tongue"/><xsl:value-of select="@text"/></p>
      </xsl:for-each>
    </footer>
  </xsl:template>

  <xsl:template name="title-tongue">
    <xsl:if test="$form/@title-lang">
      <xsl:attribute name="lang"><xsl:value-of select="$form/@title-lang"/></xsl:attribute>
      <xsl:attribute name="dir"><xsl:value-of select="$form/@title-dir"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template name="version">
    <xsl:call-template name="say"><xsl:with-param name="id" select="'version'"/></xsl:call-template>
    <xsl:if test="$form/@status = 'draft'">
      <xsl:text> · </xsl:text>
      <strong><xsl:value-of select="key('words', 'draft')"/></strong>
    </xsl:if>
    <fx:when plan="yes">
      <xsl:text> · </xsl:text>
      <span class="plan-id"><xsl:call-template name="say"><xsl:with-param name="id" select="'plan'"/></xsl:call-template></span>
    </fx:when>
  </xsl:template>

  <!-- The list of sections; the script says beside each how far it is. -->
  <xsl:template name="parts">
    <nav aria-labelledby="formc-parts">
      <h2 id="formc-parts"><xsl:value-of select="key('words', 'html-parts')"/></h2>
      <ol>
        <xsl:for-each select="$form/m:body/m:section">
          <li data-part-of="{@path}">
            <a href="#part.{translate(@path, '/', '.')}">
              <xsl:call-template name="tongue"/>
              <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
              <xsl:value-of select="@title"/>
            </a>
            <span class="how-far" hidden=""/>
          </li>
        </xsl:for-each>
        <li data-live="" hidden=""><a href="#formc-finish"><xsl:value-of select="key('words', 'html-finish')"/></a></li>
      </ol>
    </nav>
  </xsl:template>

  <!-- Before the questions: for a theme's sheet. -->
  <xsl:template name="introduction"/>

  <xsl:template name="opening">
    <div class="opening" data-live="" hidden="">
      <div class="field">
        <label for="formc-open"><xsl:value-of select="key('words', 'html-open')"/></label>
        <div class="hint" id="formc-open-hint"><xsl:value-of select="key('words', 'html-open-hint')"/></div>
        <input type="file" id="formc-open" name="formc-open" accept=".xml,.json,application/xml,application/json"
          aria-describedby="formc-open-hint"/>
      </div>
      <p id="formc-opened" role="status" tabindex="-1"/>
    </div>
  </xsl:template>

  <xsl:template name="finish">
    <section class="finish" aria-labelledby="formc-finish" data-live="" hidden="">
      <h2 id="formc-finish" tabindex="-1"><xsl:value-of select="key('words', 'html-finish')"/></h2>
      <xsl:if test="$form/m:stages/m:stage">
        <div class="field">
          <label for="formc-stage"><xsl:value-of select="key('words', 'html-at-stage')"/></label>
          <div class="hint" id="formc-stage-hint"><xsl:value-of select="key('words', 'html-at-stage-hint')"/></div>
          <select id="formc-stage" name="formc-stage" aria-describedby="formc-stage-hint">
            <xsl:for-each select="$form/m:stages/m:stage">
              <option value="{position() - 1}"><xsl:value-of select="."/></option>
            </xsl:for-each>
          </select>
        </div>
      </xsl:if>
      <div class="field" id="formc-as-of">
        <fieldset aria-describedby="formc-as-of-hint">
          <legend><xsl:value-of select="key('words', 'html-as-of')"/></legend>
          <div class="hint" id="formc-as-of-hint"><xsl:value-of select="key('words', 'html-as-of-hint')"/></div>
          <div class="date">
            <xsl:call-template name="as-of-part"><xsl:with-param name="part" select="'day'"/></xsl:call-template>
            <xsl:call-template name="as-of-part"><xsl:with-param name="part" select="'month'"/></xsl:call-template>
            <xsl:call-template name="as-of-part"><xsl:with-param name="part" select="'year'"/></xsl:call-template>
          </div>
        </fieldset>
      </div>
      <p><button type="button" id="formc-check"><xsl:value-of select="key('words', 'html-check')"/></button></p>
      <p class="hint" id="formc-save-hint"><xsl:value-of select="key('words', 'html-save-hint')"/></p>
      <p class="buttons">
        <button type="button" id="formc-save" aria-describedby="formc-save-hint"><xsl:value-of select="key('words', 'html-save')"/></button>
        <xsl:text> </xsl:text>
        <button type="button" id="formc-save-json" class="second"><xsl:value-of select="key('words', 'html-save-json')"/></button>
      </p>
      <p id="formc-saved" role="status"/>
    </section>
  </xsl:template>

  <xsl:template name="as-of-part">
    <xsl:param name="part"/>
    <div>
      <label for="formc-as-of-{$part}"><xsl:value-of select="key('words', concat('html-', $part))"/></label>
      <input type="text" inputmode="numeric" id="formc-as-of-{$part}" name="formc-as-of-{$part}" class="{$part}"/>
    </div>
  </xsl:template>

  <!-- ============================================================ text -->

  <!-- The language and direction of the current node, where they are not those of the page. -->
  <xsl:template name="tongue">
    <xsl:variable name="in" select="ancestor-or-self::*[@lang][1]"/>
    <xsl:if test="$in/@lang != $form/@lang">
      <xsl:attribute name="lang"><xsl:value-of select="$in/@lang"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$in/@dir != $form/@dir">
      <xsl:attribute name="dir"><xsl:value-of select="$in/@dir"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- formc's own words within words that may be in another language. -->
  <xsl:template name="own-tongue">
    <xsl:variable name="in" select="ancestor-or-self::*[@lang][1]"/>
    <xsl:if test="$in/@lang != $form/@lang">
      <xsl:attribute name="lang"><xsl:value-of select="$form/@lang"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$in/@dir != $form/@dir">
      <xsl:attribute name="dir"><xsl:value-of select="$form/@dir"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template match="m:em"><em><xsl:apply-templates/></em></xsl:template>
  <xsl:template match="m:strong"><strong><xsl:apply-templates/></strong></xsl:template>
  <xsl:template match="m:ref">
    <a href="#part.{translate(@path, '/', '.')}"><xsl:apply-templates/></a>
  </xsl:template>

  <!-- Paragraphs and lists: items that stand together are one list. -->
  <xsl:template name="text">
    <xsl:for-each select="*">
      <xsl:choose>
        <xsl:when test="self::m:p"><p><xsl:call-template name="tongue"/><xsl:apply-templates/></p></xsl:when>
        <xsl:when test="self::m:item and not(preceding-sibling::*[1][self::m:item])">
          <xsl:variable name="before" select="count(preceding-sibling::m:p)"/>
          <ul>
            <xsl:for-each select=". | following-sibling::m:item[count(preceding-sibling::m:p) = $before]">
              <li><xsl:call-template name="tongue"/><xsl:apply-templates/></li>
            </xsl:for-each>
          </ul>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="m:note"><div class="note {@kind}"><xsl:call-template name="text"/></div></xsl:template>

  <xsl:template match="m:heading">
    <xsl:element name="h{@level + 1}">
      <xsl:call-template name="tongue"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="m:prompts">
    <details class="prompts" open="">
      <summary><xsl:value-of select="key('words', 'html-think')"/></summary>
      <ul><xsl:for-each select="m:p"><li><xsl:call-template name="tongue"/><xsl:apply-templates/></li></xsl:for-each></ul>
    </details>
  </xsl:template>

  <xsl:template match="m:columns">
    <!-- On a page of one column they head nothing; the words of the form stay in it. -->
    <p class="unseen">
      <xsl:for-each select="m:column">
        <span><xsl:call-template name="tongue"/><xsl:value-of select="."/></span><br/>
      </xsl:for-each>
    </p>
  </xsl:template>

  <xsl:template match="m:column | m:hint | m:choices | m:details | m:picture"/>

  <!-- ============================================================ parts of the form -->

  <xsl:template name="heading">
    <xsl:element name="h{@level + 1}">
      <xsl:attribute name="id"><xsl:value-of select="concat('part.', translate(@path, '/', '.'))"/></xsl:attribute>
      <xsl:attribute name="tabindex">-1</xsl:attribute>
      <xsl:call-template name="tongue"/>
      <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
      <xsl:value-of select="@title | @label"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="m:section | m:group | m:signature">
    <section class="{local-name()}" data-part="{@path}" aria-labelledby="part.{translate(@path, '/', '.')}">
      <xsl:call-template name="heading"/>
      <xsl:if test="self::m:section"><xsl:call-template name="who"/></xsl:if>
      <xsl:if test="m:hint"><div class="hint"><xsl:for-each select="m:hint"><xsl:call-template name="text"/></xsl:for-each></div></xsl:if>
      <xsl:apply-templates select="m:*"/>
    </section>
  </xsl:template>

  <!-- Who completes a section, and who helps. -->
  <xsl:template name="who">
    <xsl:if test="@owners != '' or @with != ''">
      <p class="who">
        <xsl:if test="@owners != ''">
          <xsl:variable name="how">
            <xsl:choose>
              <xsl:when test="@jointly = 'yes'">html-jointly</xsl:when>
              <xsl:otherwise>html-completed-by</xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <xsl:call-template name="say-parties">
            <xsl:with-param name="words" select="key('words', $how)"/>
            <xsl:with-param name="ids" select="@owners"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@owners != '' and @with != ''"><br/></xsl:if>
        <xsl:if test="@with != ''">
          <xsl:call-template name="say-parties">
            <xsl:with-param name="words" select="key('words', 'html-with')"/>
            <xsl:with-param name="ids" select="@with"/>
          </xsl:call-template>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="say-parties">
    <xsl:param name="words"/>
    <xsl:param name="ids"/>
    <xsl:value-of select="substring-before($words, '{')"/>
    <xsl:for-each select="$form/m:parties/m:party[contains(concat(' ', $ids, ' '), concat(' ', @id, ' '))]">
      <xsl:if test="position() != 1">, </xsl:if>
      <span><xsl:call-template name="tongue"/><xsl:value-of select="."/></span>
    </xsl:for-each>
    <xsl:value-of select="substring-after($words, '}')"/>
  </xsl:template>

  <!-- ============================================================ what repeats -->

  <xsl:template match="m:repeat">
    <xsl:variable name="id" select="concat('part.', translate(@path, '/', '.'))"/>
    <div class="repeat" data-part="{@path}">
      <xsl:choose>
        <xsl:when test="@label != '' and @level"><xsl:call-template name="heading"/></xsl:when>
        <xsl:otherwise><div id="{$id}" tabindex="-1"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="m:hint"><div class="hint"><xsl:for-each select="m:hint"><xsl:call-template name="text"/></xsl:for-each></div></xsl:if>
      <div class="notes" data-notes=""/>
      <xsl:choose>
        <xsl:when test="@layout = 'table'">
          <table>
            <xsl:attribute name="aria-labelledby"><xsl:value-of select="$id"/></xsl:attribute>
            <thead>
              <tr>
                <xsl:for-each select="m:field">
                  <th scope="col">
                    <xsl:call-template name="tongue"/>
                    <xsl:call-template name="picture"/>
                    <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
                    <xsl:value-of select="@label"/>
                  </th>
                </xsl:for-each>
                <td data-live="" hidden=""/>
              </tr>
            </thead>
            <tbody data-rows="{@path}">
              <fx:rows repeat="{@path}"><xsl:call-template name="table-row"/></fx:rows>
            </tbody>
          </table>
          <template data-row-of="{@path}"><fx:new-row repeat="{@path}"><xsl:call-template name="table-row"/></fx:new-row></template>
        </xsl:when>
        <xsl:otherwise>
          <div data-rows="{@path}">
            <fx:rows repeat="{@path}"><xsl:call-template name="block-row"/></fx:rows>
          </div>
          <template data-row-of="{@path}"><fx:new-row repeat="{@path}"><xsl:call-template name="block-row"/></fx:new-row></template>
        </xsl:otherwise>
      </xsl:choose>
      <p data-live="" hidden="">
        <button type="button" class="second" data-add="{@path}">
          <xsl:choose>
            <xsl:when test="@label != ''">
              <xsl:call-template name="say">
                <xsl:with-param name="id" select="'html-add-row-to'"/>
                <xsl:with-param name="label" select="@label"/>
              </xsl:call-template>
            </xsl:when>
            <xsl:otherwise>
              <xsl:value-of select="key('words', 'html-add-row')"/>
              <span class="unseen"><xsl:value-of select="concat(': ', ../@title)"/></span>
            </xsl:otherwise>
          </xsl:choose>
        </button>
      </p>
    </div>
  </xsl:template>

  <xsl:template name="table-row">
    <tr data-row="">
      <xsl:for-each select="m:field">
        <td>
          <xsl:call-template name="field"/>
          <xsl:for-each select="m:details/m:field"><xsl:call-template name="field"/></xsl:for-each>
        </td>
      </xsl:for-each>
      <td class="remove" data-live="" hidden=""><xsl:call-template name="remove"/></td>
    </tr>
  </xsl:template>

  <xsl:template name="block-row">
    <fieldset class="row" data-row="">
      <legend><xsl:call-template name="say-row"><xsl:with-param name="words" select="key('words', 'row')"/></xsl:call-template></legend>
      <xsl:for-each select="m:field"><xsl:apply-templates select="."/></xsl:for-each>
      <p class="remove" data-live="" hidden=""><xsl:call-template name="remove"/></p>
    </fieldset>
  </xsl:template>

  <xsl:template name="remove">
    <button type="button" class="small" data-remove="">
      <xsl:call-template name="say-row"><xsl:with-param name="words" select="key('words', 'html-remove-row')"/></xsl:call-template>
    </button>
  </xsl:template>

  <!-- Words with the row's number, which the script keeps right. -->
  <xsl:template name="say-row">
    <xsl:param name="words"/>
    <xsl:value-of select="substring-before($words, '{')"/>
    <span data-number=""><fx:value as="row"/></span>
    <xsl:value-of select="substring-after($words, '}')"/>
  </xsl:template>

  <!-- ============================================================ one question -->

  <xsl:template match="m:field">
    <xsl:call-template name="field"/>
    <xsl:for-each select="m:details/m:field"><xsl:call-template name="field"/></xsl:for-each>
  </xsl:template>

  <xsl:template name="field">
    <div class="field {@type}" data-field="{@path}">
      <xsl:if test="not(@level) and not(@container != '')">
        <xsl:attribute name="id"><xsl:value-of select="concat('part.', translate(@path, '/', '.'))"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="parent::m:details">
        <xsl:attribute name="class"><xsl:value-of select="concat('field details ', @type)"/></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="picture"/>
      <xsl:choose>
        <xsl:when test="@type = 'date' or m:choices"><xsl:call-template name="several-controls"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="one-control"/></xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- The picture of the current field; the words stand beside it. -->
  <xsl:template name="picture">
    <xsl:for-each select="m:picture">
      <xsl:variable name="of" select="key('picture', @n)"/>
      <img class="picture" src="data:image/png;base64,{$of/@png}" alt="{@alt}" width="{$of/@width}" height="{$of/@height}"><xsl:call-template name="tongue"/></img>
    </xsl:for-each>
  </xsl:template>

  <!-- An attribute with the field's identifier: f12, in a row f12_2. -->
  <xsl:template name="named">
    <xsl:param name="attribute" select="'id'"/>
    <xsl:param name="suffix"/>
    <fx:attr name="{$attribute}"><fx:value field="{@path}" as="name"/><xsl:value-of select="$suffix"/></fx:attr>
  </xsl:template>

  <xsl:template name="described">
    <xsl:if test="m:hint or @type = 'part-date' or @type = 'mark'">
      <xsl:call-template name="named">
        <xsl:with-param name="attribute" select="'aria-describedby'"/>
        <xsl:with-param name="suffix" select="'-hint'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Their language is said by what they stand in. -->
  <xsl:template name="label-words">
    <xsl:if test="@number != ''"><xsl:value-of select="concat(@number, '. ')"/></xsl:if>
    <xsl:value-of select="@label"/>
    <xsl:if test="not(@required or @required-when or @calc or @type = 'mark')">
      <xsl:text> </xsl:text>
      <span class="optional">
        <xsl:call-template name="own-tongue"/>
        <xsl:value-of select="key('words', 'html-optional')"/>
      </span>
    </xsl:if>
    <xsl:if test="ancestor::m:repeat[@layout = 'table']">
      <span class="unseen">
        <xsl:call-template name="own-tongue"/>
        <xsl:text>, </xsl:text>
        <xsl:call-template name="say-row"><xsl:with-param name="words" select="key('words', 'row')"/></xsl:call-template>
      </span>
    </xsl:if>
  </xsl:template>

  <xsl:template name="hint">
    <xsl:if test="m:hint or @type = 'part-date' or @type = 'mark'">
      <div class="hint">
        <xsl:call-template name="named"><xsl:with-param name="suffix" select="'-hint'"/></xsl:call-template>
        <xsl:for-each select="m:hint"><xsl:call-template name="text"/></xsl:for-each>
        <xsl:if test="@type = 'part-date'"><p><xsl:value-of select="key('words', 'place-part-date')"/></p></xsl:if>
        <xsl:if test="@type = 'mark'"><p><xsl:value-of select="key('words', 'place-mark')"/></p></xsl:if>
      </div>
    </xsl:if>
    <xsl:call-template name="notes"/>
  </xsl:template>

  <!-- What a plan says about an answer; the script keeps it up to date. -->
  <xsl:template name="notes">
    <xsl:variable name="field" select="."/>
    <div class="notes" data-notes="">
      <xsl:choose>
        <xsl:when test="m:choices[not(@open = 'yes')] and @type != 'choices'">
          <fx:when unlisted="{@path}"><xsl:call-template name="as-given"/></fx:when>
        </xsl:when>
        <xsl:when test="@type = 'date' or @type = 'choices'">
          <fx:when unreadable="{@path}"><xsl:call-template name="as-given"/></fx:when>
        </xsl:when>
      </xsl:choose>
      <xsl:for-each select="$words[starts-with(@id, 'why-')]">
        <fx:when field="{$field/@path}" reason="{substring-after(@id, 'why-')}"><p><xsl:value-of select="."/></p></fx:when>
      </xsl:for-each>
      <fx:when conflict="{@path}">
        <p><strong><xsl:value-of select="key('words', 'other-answer')"/></strong></p>
        <p class="answer" dir="auto"><fx:value field="{@path}" as="visible" numbers="whole"/></p>
        <fx:when conflict-blank="{@path}"><p><xsl:value-of select="key('words', 'no-answer')"/></p></fx:when>
      </fx:when>
      <xsl:if test="@type = 'mark'">
        <fx:when stale="{@path}"><p><strong><xsl:value-of select="key('words', 'stale')"/></strong></p></fx:when>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template name="as-given">
    <p><xsl:value-of select="key('words', 'html-unreadable')"/><xsl:text> </xsl:text>
      <span class="answer" dir="auto"><fx:value field="{@path}" as="text" numbers="whole"/></span></p>
  </xsl:template>

  <xsl:template name="one-control">
    <xsl:variable name="label">
      <label>
        <xsl:call-template name="tongue"/>
        <xsl:call-template name="named"><xsl:with-param name="attribute" select="'for'"/></xsl:call-template>
        <xsl:call-template name="label-words"/>
      </label>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@level">
        <xsl:element name="h{@level + 1}">
          <xsl:attribute name="id"><xsl:value-of select="concat('part.', translate(@path, '/', '.'))"/></xsl:attribute>
          <xsl:copy-of select="$label"/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="$label"/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="hint"/>
    <xsl:choose>
      <xsl:when test="@multiline = 'yes'">
        <textarea rows="{@lines}" dir="auto">
          <xsl:call-template name="control-attributes"/>
          <fx:value field="{@path}" as="text"/>
        </textarea>
      </xsl:when>
      <xsl:otherwise>
        <input type="text" dir="auto" class="{@type}">
          <xsl:if test="@type = 'phone' or @type = 'nhs-number'"><xsl:attribute name="dir">ltr</xsl:attribute></xsl:if>
          <xsl:choose>
            <xsl:when test="@type = 'integer' or @type = 'nhs-number'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:when>
            <xsl:when test="@type = 'money'"><xsl:attribute name="inputmode">decimal</xsl:attribute></xsl:when>
            <xsl:when test="@type = 'email'"><xsl:attribute name="inputmode">email</xsl:attribute></xsl:when>
            <xsl:when test="@type = 'phone'"><xsl:attribute name="inputmode">tel</xsl:attribute></xsl:when>
          </xsl:choose>
          <xsl:if test="@type != 'line' and @type != 'organisation' and @type != 'interval-text'">
            <xsl:attribute name="spellcheck">false</xsl:attribute>
          </xsl:if>
          <xsl:call-template name="control-attributes"/>
          <fx:attr name="value"><fx:value field="{@path}" as="text"/></fx:attr>
        </input>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="control-attributes">
    <xsl:call-template name="named"/>
    <fx:attr name="name"><fx:value field="{@path}" as="key"/></fx:attr>
    <xsl:call-template name="described"/>
  </xsl:template>

  <!-- Date parts, radios and check boxes: a group with a legend. -->
  <xsl:template name="several-controls">
    <fieldset>
      <xsl:call-template name="described"/>
      <legend>
        <xsl:call-template name="tongue"/>
        <xsl:choose>
          <xsl:when test="@level">
            <xsl:element name="h{@level + 1}">
              <xsl:attribute name="id"><xsl:value-of select="concat('part.', translate(@path, '/', '.'))"/></xsl:attribute>
              <xsl:call-template name="label-words"/>
            </xsl:element>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="label-words"/></xsl:otherwise>
        </xsl:choose>
      </legend>
      <xsl:call-template name="hint"/>
      <xsl:choose>
        <xsl:when test="@type = 'date'">
          <div class="date">
            <xsl:call-template name="date-part"><xsl:with-param name="part" select="'day'"/></xsl:call-template>
            <xsl:call-template name="date-part"><xsl:with-param name="part" select="'month'"/></xsl:call-template>
            <xsl:call-template name="date-part"><xsl:with-param name="part" select="'year'"/></xsl:call-template>
          </div>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="field" select="."/>
          <div class="options">
            <xsl:if test="@type = 'yes-no'"><xsl:attribute name="class">options inline</xsl:attribute></xsl:if>
            <xsl:for-each select="m:choices/m:choice">
              <xsl:variable name="id" select="@id"/>
              <xsl:variable name="words" select="."/>
              <xsl:for-each select="$field">
                <xsl:call-template name="option">
                  <xsl:with-param name="id" select="$id"/>
                  <xsl:with-param name="choice" select="$words"/>
                </xsl:call-template>
              </xsl:for-each>
            </xsl:for-each>
            <xsl:if test="m:choices/@open = 'yes'"><xsl:call-template name="something-else"/></xsl:if>
          </div>
          <xsl:if test="@type != 'choices'">
            <p class="clear" data-live="" hidden=""><button type="button" class="small" data-clear="">
              <xsl:value-of select="key('words', 'html-clear')"/>
              <span class="unseen"><xsl:value-of select="concat(': ', @label)"/></span>
            </button></p>
          </xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </fieldset>
  </xsl:template>

  <xsl:template name="date-part">
    <xsl:param name="part"/>
    <div>
      <label>
        <xsl:call-template name="named">
          <xsl:with-param name="attribute" select="'for'"/>
          <xsl:with-param name="suffix" select="concat('-', $part)"/>
        </xsl:call-template>
        <xsl:value-of select="key('words', concat('html-', $part))"/>
      </label>
      <input type="text" class="{$part}" data-date="{$part}">
        <xsl:if test="$part != 'month'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:if>
        <xsl:call-template name="named"><xsl:with-param name="suffix" select="concat('-', $part)"/></xsl:call-template>
        <fx:attr name="name"><fx:value field="{@path}" as="key"/>.<xsl:value-of select="$part"/></fx:attr>
        <fx:attr name="value"><fx:value field="{@path}" as="{$part}"/></fx:attr>
      </input>
    </div>
  </xsl:template>

  <xsl:template name="option">
    <xsl:param name="id"/>
    <xsl:param name="choice"/>
    <div>
      <input type="radio" value="{$id}">
        <xsl:if test="@type = 'choices'"><xsl:attribute name="type">checkbox</xsl:attribute></xsl:if>
        <xsl:call-template name="named"><xsl:with-param name="suffix" select="concat('-', $id)"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="@type = 'choices'">
            <fx:attr name="name"><fx:value field="{@path}" choice="{$id}" as="key"/></fx:attr>
          </xsl:when>
          <xsl:otherwise><fx:attr name="name"><fx:value field="{@path}" as="key"/></fx:attr></xsl:otherwise>
        </xsl:choose>
        <fx:when field="{@path}" chosen="{$id}"><fx:attr name="checked"/></fx:when>
      </input>
      <label>
        <xsl:for-each select="$choice"><xsl:call-template name="tongue"/></xsl:for-each>
        <xsl:call-template name="named">
          <xsl:with-param name="attribute" select="'for'"/>
          <xsl:with-param name="suffix" select="concat('-', $id)"/>
        </xsl:call-template>
        <xsl:value-of select="$choice"/>
      </label>
    </div>
  </xsl:template>

  <!-- An open list: something else, in words. No id of a choice begins with "_". -->
  <xsl:template name="something-else">
    <div>
      <input type="radio" value="_else">
        <xsl:call-template name="named"><xsl:with-param name="suffix" select="'-_else'"/></xsl:call-template>
        <fx:attr name="name"><fx:value field="{@path}" as="key"/></fx:attr>
        <fx:when unlisted="{@path}"><fx:attr name="checked"/></fx:when>
      </input>
      <label>
        <xsl:call-template name="named">
          <xsl:with-param name="attribute" select="'for'"/>
          <xsl:with-param name="suffix" select="'-_else'"/>
        </xsl:call-template>
        <xsl:value-of select="key('words', 'html-else')"/>
      </label>
    </div>
    <div class="else">
      <label>
        <xsl:call-template name="named">
          <xsl:with-param name="attribute" select="'for'"/>
          <xsl:with-param name="suffix" select="'-_what'"/>
        </xsl:call-template>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'html-else-what'"/>
          <xsl:with-param name="label" select="@label"/>
        </xsl:call-template>
      </label>
      <input type="text" dir="auto" data-else="">
        <xsl:call-template name="named"><xsl:with-param name="suffix" select="'-_what'"/></xsl:call-template>
        <fx:attr name="name">formc-else.<fx:value field="{@path}" as="key"/></fx:attr>
        <fx:when unlisted="{@path}"><fx:attr name="value"><fx:value field="{@path}" as="text"/></fx:attr></fx:when>
      </input>
    </div>
  </xsl:template>
</xsl:stylesheet>
