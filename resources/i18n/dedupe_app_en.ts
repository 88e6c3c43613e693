<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en_GB">
    <context>
        <name>AskPage</name>
        <message numerus="yes">
            <source>%n folder(s)</source>
            <translation>
                <numerusform>%n folder</numerusform>
                <numerusform>%n folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Yes, delete %n file(s) for good</source>
            <translation>
                <numerusform>Yes, delete %n file for good</numerusform>
                <numerusform>Yes, delete %n files for good</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Compare</name>
        <message numerus="yes">
            <source>%n differ</source>
            <translation>
                <numerusform>%n differ</numerusform>
                <numerusform>%n differ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Deciding</name>
        <message numerus="yes">
            <source>%n file(s) were left alone: only the template or the meaning is the same. Such files are marked one by one.</source>
            <translation>
                <numerusform>%n file was left alone: only the template or the meaning is the same. Such files are marked one by one.</numerusform>
                <numerusform>%n files were left alone: only the template or the meaning is the same. Such files are marked one by one.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s): {}</source>
            <translation>
                <numerusform>%n file: {}</numerusform>
                <numerusform>%n files: {}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All files of %n group(s) were chosen: those to keep are left as they were.</source>
            <translation>
                <numerusform>All files of %n group were chosen: those to keep are left as they were.</numerusform>
                <numerusform>All files of %n groups were chosen: those to keep are left as they were.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DifferenceCanvas</name>
        <message numerus="yes">
            <source>⋯ %n line(s) alike</source>
            <translation>
                <numerusform>⋯ %n line alike</numerusform>
                <numerusform>⋯ %n lines alike</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message numerus="yes">
            <source>The selection (%n file(s))</source>
            <translation>
                <numerusform>The selection (%n file)</numerusform>
                <numerusform>The selection (%n files)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Groups</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MapMenu</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n document</numerusform>
                <numerusform>%n documents</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n topic(s)</source>
            <translation>
                <numerusform>%n topic</numerusform>
                <numerusform>%n topics</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MapOffer</name>
        <message numerus="yes">
            <source>%n document(s) came after the map was drawn.</source>
            <translation>
                <numerusform>%n document came after the map was drawn.</numerusform>
                <numerusform>%n documents came after the map was drawn.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MapView</name>
        <message numerus="yes">
            <source>%n file(s) marked to remove</source>
            <translation>
                <numerusform>%n file marked to remove</numerusform>
                <numerusform>%n files marked to remove</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelActions</name>
        <message numerus="yes">
            <source>%n dimension(s)</source>
            <translation>
                <numerusform>%n dimension</numerusform>
                <numerusform>%n dimensions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Narrowed</name>
        <message numerus="yes">
            <source>Only the groups of %n file(s) chosen on the map</source>
            <translation>
                <numerusform>Only the groups of %n file chosen on the map</numerusform>
                <numerusform>Only the groups of %n files chosen on the map</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Plan</name>
        <message numerus="yes">
            <source>%n file(s) are as before</source>
            <translation>
                <numerusform>%n file is as before</numerusform>
                <numerusform>%n files are as before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are documents of their own:</source>
            <translation>
                <numerusform>%n file is documents of its own:</numerusform>
                <numerusform>%n files are documents of their own:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are not identical to what stays</source>
            <translation>
                <numerusform>%n file is not identical to what stays</numerusform>
                <numerusform>%n files are not identical to what stays</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are not there now</source>
            <translation>
                <numerusform>%n file is not there now</numerusform>
                <numerusform>%n files are not there now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are on another drive than what stays</source>
            <translation>
                <numerusform>%n file is on another drive than what stays</numerusform>
                <numerusform>%n files are on another drive than what stays</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are other names of what stays</source>
            <translation>
                <numerusform>%n file is other names of what stays</numerusform>
                <numerusform>%n files are other names of what stays</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are protected</source>
            <translation>
                <numerusform>%n file is protected</numerusform>
                <numerusform>%n files are protected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) cannot be used</source>
            <translation>
                <numerusform>%n file cannot be used</numerusform>
                <numerusform>%n files cannot be used</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed since the scan</source>
            <translation>
                <numerusform>%n file changed since the scan</numerusform>
                <numerusform>%n files changed since the scan</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) deleted</source>
            <translation>
                <numerusform>%n file deleted</numerusform>
                <numerusform>%n files deleted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) have no copy that would stay</source>
            <translation>
                <numerusform>%n file has no copy that would stay</numerusform>
                <numerusform>%n files have no copy that would stay</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) lost the copy that should stay (it changed, or is not there)</source>
            <translation>
                <numerusform>%n file lost the copy that should stay (it changed, or is not there)</numerusform>
                <numerusform>%n files lost the copy that should stay (it changed, or is not there)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) moved</source>
            <translation>
                <numerusform>%n file moved</numerusform>
                <numerusform>%n files moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) moved to the trash</source>
            <translation>
                <numerusform>%n file moved to the trash</numerusform>
                <numerusform>%n files moved to the trash</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) replaced by links</source>
            <translation>
                <numerusform>%n file replaced by links</numerusform>
                <numerusform>%n files replaced by links</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) share their space now</source>
            <translation>
                <numerusform>%n file shares its space now</numerusform>
                <numerusform>%n files share their space now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete %n file(s) for good?</source>
            <translation>
                <numerusform>Delete %n file for good?</numerusform>
                <numerusform>Delete %n files for good?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Let %n file(s) share their space?</source>
            <translation>
                <numerusform>Let %n file share its space?</numerusform>
                <numerusform>Let %n files share their space?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n file(s) to a folder?</source>
            <translation>
                <numerusform>Move %n file to a folder?</numerusform>
                <numerusform>Move %n files to a folder?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n file(s) to the trash?</source>
            <translation>
                <numerusform>Move %n file to the trash?</numerusform>
                <numerusform>Move %n files to the trash?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No copy of %n file(s) stays:</source>
            <translation>
                <numerusform>No copy of %n file stays:</numerusform>
                <numerusform>No copy of %n files stays:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Replace %n file(s) by links?</source>
            <translation>
                <numerusform>Replace %n file by links?</numerusform>
                <numerusform>Replace %n files by links?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The copies of %n file(s) are protected</source>
            <translation>
                <numerusform>The copies of %n file are protected</numerusform>
                <numerusform>The copies of %n files are protected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message numerus="yes">
            <source>%n file(s) were left alone.</source>
            <translation>
                <numerusform>%n file was left alone.</numerusform>
                <numerusform>%n files were left alone.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReviewActions</name>
        <message numerus="yes">
            <source>%n file(s) put back</source>
            <translation>
                <numerusform>%n file put back</numerusform>
                <numerusform>%n files put back</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) removed</source>
            <translation>
                <numerusform>%n file removed</numerusform>
                <numerusform>%n files removed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were left alone.</source>
            <translation>
                <numerusform>%n file was left alone.</numerusform>
                <numerusform>%n files were left alone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Put %n file(s) back where they were?</source>
            <translation>
                <numerusform>Put %n file back where they were?</numerusform>
                <numerusform>Put %n files back where they were?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RulesDialog</name>
        <message numerus="yes">
            <source>%n file(s) stay as you decided yourself.</source>
            <translation>
                <numerusform>%n file stay as you decided yourself.</numerusform>
                <numerusform>%n files stay as you decided yourself.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) would be kept instead.</source>
            <translation>
                <numerusform>%n file would be kept instead.</numerusform>
                <numerusform>%n files would be kept instead.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more file(s) would be marked to be removed,</source>
            <translation>
                <numerusform>%n more file would be marked to be removed,</numerusform>
                <numerusform>%n more files would be marked to be removed,</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>To the %n chosen file(s)</source>
            <translation>
                <numerusform>To the %n chosen file</numerusform>
                <numerusform>To the %n chosen files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message numerus="yes">
            <source>+ %n more with the same text</source>
            <translation>
                <numerusform>+ %n more with the same text</numerusform>
                <numerusform>+ %n more with the same text</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message numerus="yes">
            <source>%n word(s) missing here</source>
            <translation>
                <numerusform>%n word missing here</numerusform>
                <numerusform>%n words missing here</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) only here</source>
            <translation>
                <numerusform>%n word only here</numerusform>
                <numerusform>%n words only here</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) replaced</source>
            <translation>
                <numerusform>%n word replaced</numerusform>
                <numerusform>%n words replaced</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n document</numerusform>
                <numerusform>%n documents</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) marked to remove</source>
            <translation>
                <numerusform>%n file marked to remove</numerusform>
                <numerusform>%n files marked to remove</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UnreadView</name>
        <message numerus="yes">
            <source>%n file(s) could not be read</source>
            <translation>
                <numerusform>%n file could not be read</numerusform>
                <numerusform>%n files could not be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Read %n again</source>
            <translation>
                <numerusform>Read %n again</numerusform>
                <numerusform>Read %n again</numerusform>
            </translation>
        </message>
    </context>
</TS>