"""What the tests of other formats share: prose as HTML, packages as files in memory, foreign packages to be broken."""

from staffel.curriculum.core.files import InMemory
from staffel.ui import markdown


def html(text):
    """Return Markdown as HTML the way the pages of the instance do."""
    return str(markdown.render(text))


def files_in(entries):
    """Return the files that a writer yields, by path."""
    found = {}
    for path, content in entries:
        assert path not in found
        found[path] = content if isinstance(content, bytes) else content().read()
    return found


def package(files, **changed):
    """Return files, with some replaced, called by their name without its ending; a file of None is left out."""
    named = {path.partition(".")[0]: path for path in files}
    new = {named[name]: content for name, content in changed.items()}
    return InMemory({path: content for path, content in (files | new).items() if content is not None})


def changed(files, name, old, new):
    """Return ``files`` with one text replaced in one of them."""
    content = files[name]
    old, new = old.encode(), new.encode()
    assert old in content
    return InMemory(files | {name: content.replace(old, new)})


CARTRIDGE = {
    "imsmanifest.xml": b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
    xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest" xmlns:res="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
    <lom:lom><lom:general><lom:title><lom:string>Kurs</lom:string></lom:title></lom:general></lom:lom></metadata>
  <organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">
    <item identifier="i1"><title>Woche 1</title>
      <item identifier="i2" identifierref="r1"><title>Seite</title></item>
      <item identifier="i3"><title>Thema</title>
        <item identifier="i4" identifierref="r2"><title>Quiz</title></item>
        <item identifier="i5" identifierref="r3"><title>Netz</title></item>
        <item identifier="i6" identifierref="r4"><title>Plan</title></item>
      </item>
    </item>
  </item></organization></organizations>
  <resources>
    <resource identifier="r1" type="webcontent" href="page.html"><file href="page.html"/></resource>
    <resource identifier="r2" type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"><file href="quiz.xml"/></resource>
    <resource identifier="r3" type="imswl_xmlv1p3"><file href="link.xml"/></resource>
    <resource identifier="r4" type="webcontent" href="plan.txt"><file href="plan.txt"/></resource>
  </resources>
</manifest>
""",
    "page.html": "<html><body><h1>Seite</h1><p>Grüße</p></body></html>".encode(),
    "quiz.xml": b"""<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Quiz">
<section ident="s"><item ident="QUE_1" title="Eins"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>cc_profile</fieldlabel>
<fieldentry>cc.true_false.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;Stimmt das?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="true"><material><mattext>Ja</mattext></material></response_label>
<response_label ident="false"><material><mattext>Nein</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar varname="SCORE" vartype="Decimal"/></outcomes>
<respcondition continue="No"><conditionvar><varequal respident="r">true</varequal></conditionvar><setvar>100</setvar>
<displayfeedback feedbacktype="Response" linkrefid="f"/></respcondition></resprocessing>
<itemfeedback ident="f"><material><mattext>Gut.</mattext></material></itemfeedback>
</item></section></assessment></questestinterop>
""",
    "link.xml": b"""<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>Netz</title>
<url href="https://www.beispiel.example/"/></webLink>
""",
    "plan.txt": b"Plan\n",
}

QTI = {
    "imsmanifest.xml": b"""<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><organizations/><resources>
<resource identifier="i" type="imsqti_item_xmlv2p1" href="item.xml"><file href="item.xml"/></resource>
</resources></manifest>
""",
    "item.xml": b"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q1" title="Eins"
    adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>b</value>
</correctResponse></responseDeclaration>
<itemBody><p>Was gilt?</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
<simpleChoice identifier="a">Dies</simpleChoice><simpleChoice identifier="b">Das</simpleChoice></choiceInteraction></itemBody>
</assessmentItem>
""",
}
