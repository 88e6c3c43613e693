<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>AskPage</name>
        <message numerus="yes">
            <source>%n folder(s)</source>
            <translation>
                <numerusform>%n 个文件夹</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Left alone</source>
            <translation>保持不动的文件</translation>
        </message>
        <message>
            <source>Looking at the marked files…</source>
            <translation>正在查看已标记的文件…</translation>
        </message>
        <message>
            <source>Marked files</source>
            <translation>已标记的文件</translation>
        </message>
        <message>
            <source>None of the marked files can go this way.</source>
            <translation>已标记的文件都不能这样处理。</translation>
        </message>
        <message>
            <source>Nothing is marked to be removed.</source>
            <translation>没有标记要移除的文件。</translation>
        </message>
        <message>
            <source>See the list</source>
            <translation>查看列表</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>What stays:</source>
            <translation>会留下：</translation>
        </message>
        <message>
            <source>What to do with the files</source>
            <translation>如何处理这些文件</translation>
        </message>
        <message numerus="yes">
            <source>Yes, delete %n file(s) for good</source>
            <translation>
                <numerusform>是的，永久删除 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} from {1}.</source>
            <translation>共 {0}，来自 {1}。</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>Close this message</source>
            <translation>关闭此消息</translation>
        </message>
    </context>
    <context>
        <name>Bridge</name>
        <message>
            <source>Nothing was done. Press “Start again” above the list.</source>
            <translation>没有进行任何操作。请按列表上方的“重新启动”。</translation>
        </message>
        <message>
            <source>The engine is not running.</source>
            <translation>引擎没有运行。</translation>
        </message>
    </context>
    <context>
        <name>BusyPage</name>
        <message>
            <source>Continue in the background</source>
            <translation>在后台继续</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Putting files back…</source>
            <translation>正在放回文件…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Waiting until the engine is ready.</source>
            <translation>正在等待引擎就绪。</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
    </context>
    <context>
        <name>Card</name>
        <message>
            <source>About {} are downloaded and take about {} of disk; {} are free.</source>
            <translation>约需下载 {}，占用约 {} 磁盘空间；目前可用 {}。</translation>
        </message>
        <message>
            <source>Fetching packages…</source>
            <translation>正在下载软件包…</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Go on…</source>
            <translation>继续…</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>显卡</translation>
        </message>
        <message>
            <source>Looking up packages…</source>
            <translation>正在查找软件包…</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>正在查看…</translation>
        </message>
        <message>
            <source>Making the environment…</source>
            <translation>正在创建环境…</translation>
        </message>
        <message>
            <source>Models run on the processor now, which takes long. They can run on {} instead.</source>
            <translation>模型目前在处理器上运行，需要很长时间。也可以改在 {} 上运行。</translation>
        </message>
        <message>
            <source>Models run on {}.</source>
            <translation>模型在 {} 上运行。</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>更多…</translation>
        </message>
        <message>
            <source>Parts of what was set up for {} are missing. Models run on the processor.</source>
            <translation>为 {} 设置的内容有缺失。模型在处理器上运行。</translation>
        </message>
        <message>
            <source>Renew</source>
            <translation>更新</translation>
        </message>
        <message>
            <source>Renew…</source>
            <translation>更新…</translation>
        </message>
        <message>
            <source>Set up</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Setting up {} was broken off. What was fetched is there, the rest is missing.</source>
            <translation>{} 的设置被中断。已下载的部分保留着，其余的还缺少。</translation>
        </message>
        <message>
            <source>Setting up {} was not finished.</source>
            <translation>{} 的设置尚未完成。</translation>
        </message>
        <message>
            <source>There is a graphics card here, {}, and models do not use it yet.</source>
            <translation>这里有一块显卡 {}，模型还没有使用它。</translation>
        </message>
        <message>
            <source>They are packages from pypi.org and download.pytorch.org. Your documents stay on this computer.</source>
            <translation>它们是来自 pypi.org 和 download.pytorch.org 的软件包。您的文档始终留在这台电脑上。</translation>
        </message>
        <message>
            <source>Trying the graphics card…</source>
            <translation>正在试用显卡…</translation>
        </message>
        <message>
            <source>Use the graphics card…</source>
            <translation>使用显卡…</translation>
        </message>
        <message>
            <source>the graphics card</source>
            <translation>显卡</translation>
        </message>
        <message>
            <source>torch {version}, Python {python}, {size} of disk.</source>
            <translation>torch {version}，Python {python}，占用磁盘 {size}。</translation>
        </message>
        <message>
            <source>{} a second</source>
            <translation>每秒 {}</translation>
        </message>
        <message>
            <source>{} has to be set up anew for this version of the program.</source>
            <translation>需要为此版本的程序重新设置 {}。</translation>
        </message>
        <message>
            <source>{} has to be set up anew: parts are missing.</source>
            <translation>需要重新设置 {}：有部分缺失。</translation>
        </message>
        <message>
            <source>{} is being set up. {}</source>
            <translation>正在设置 {}。{}</translation>
        </message>
        <message>
            <source>{} is set up, but did not work when it was used last; then models run on the processor.</source>
            <translation>{} 已设置，但上次使用时不起作用；这时模型在处理器上运行。</translation>
        </message>
        <message>
            <source>{} left</source>
            <translation>剩余 {}</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <translation>{} / {}</translation>
        </message>
        <message>
            <source>{} was set up for another version of the program. Until it is renewed, models run on the processor.</source>
            <translation>{} 是为另一个版本的程序设置的。更新之前，模型在处理器上运行。</translation>
        </message>
    </context>
    <context>
        <name>CardActions</name>
        <message>
            <source>Renew…</source>
            <translation>更新…</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>The graphics card has to be set up anew for this version.</source>
            <translation>需要为此版本重新设置显卡。</translation>
        </message>
        <message>
            <source>Until then models run on the processor.</source>
            <translation>在此之前，模型在处理器上运行。</translation>
        </message>
    </context>
    <context>
        <name>CardDialog</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Continue in the background</source>
            <translation>在后台继续</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>显卡</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove what was set up? Models run on the processor then.</source>
            <translation>要移除已设置的内容吗？之后模型将在处理器上运行。</translation>
        </message>
        <message>
            <source>Set up.</source>
            <translation>已设置。</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Use the graphics card</source>
            <translation>使用显卡</translation>
        </message>
    </context>
    <context>
        <name>ColumnTitles</name>
        <message>
            <source>Left: {left}. Right: {right}.</source>
            <translation>左：{left}。右：{right}。</translation>
        </message>
    </context>
    <context>
        <name>Compare</name>
        <message numerus="yes">
            <source>%n differ</source>
            <translation>
                <numerusform>%n 处不同</numerusform>
            </translation>
        </message>
        <message>
            <source>Contained</source>
            <translation>包含</translation>
        </message>
        <message>
            <source>Difference {place} of {places}: {what}</source>
            <translation>第 {place} 处差异，共 {places} 处：{what}</translation>
        </message>
        <message>
            <source>Meaning</source>
            <translation>含义</translation>
        </message>
        <message>
            <source>Neither file has text to compare.</source>
            <translation>两个文件都没有可比较的文本。</translation>
        </message>
        <message>
            <source>No differences</source>
            <translation>没有差异</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>数字</translation>
        </message>
        <message>
            <source>Same bytes: nothing to compare.</source>
            <translation>字节完全相同：无需比较。</translation>
        </message>
        <message>
            <source>Same text, other format: only the layout differs.</source>
            <translation>文本相同，格式不同：只有排版不一样。</translation>
        </message>
        <message>
            <source>Shared text</source>
            <translation>共有文本</translation>
        </message>
        <message>
            <source>The same in other words: only figures are compared.</source>
            <translation>意思相同，用词不同：只比较数字。</translation>
        </message>
        <message>
            <source>The same words: only capitals, punctuation or layout differ.</source>
            <translation>词语相同：只有大小写、标点或排版不同。</translation>
        </message>
        <message>
            <source>The texts are the same, word for word.</source>
            <translation>两份文本逐词相同。</translation>
        </message>
        <message>
            <source>The words are the same; pictures or marks may differ.</source>
            <translation>文字相同；图片或标记可能不同。</translation>
        </message>
        <message>
            <source>This is the file to keep.</source>
            <translation>这是要保留的文件。</translation>
        </message>
        <message>
            <source>added {text}</source>
            <translation>新增“{text}”</translation>
        </message>
        <message>
            <source>all agree</source>
            <translation>全部一致</translation>
        </message>
        <message>
            <source>compared with the file to keep: {name}</source>
            <translation>与要保留的文件比较：{name}</translation>
        </message>
        <message>
            <source>compared with: {name}</source>
            <translation>比较对象：{name}</translation>
        </message>
        <message>
            <source>moved: {text}</source>
            <translation>移动：“{text}”</translation>
        </message>
        <message>
            <source>removed {left}, added {right}</source>
            <translation>删除“{left}”，新增“{right}”</translation>
        </message>
        <message>
            <source>removed {text}</source>
            <translation>删除“{text}”</translation>
        </message>
        <message>
            <source>{place} of {places}</source>
            <translation>{place} / {places}</translation>
        </message>
    </context>
    <context>
        <name>CompareHead</name>
        <message>
            <source>Its folder is not there now; this is the text as it was read last.</source>
            <translation>它的文件夹现在不在；这里显示的是上次读到的文本。</translation>
        </message>
    </context>
    <context>
        <name>ComparePane</name>
        <message>
            <source>Choose a file to see how it differs from the one that is kept.</source>
            <translation>选择一个文件，查看它与保留的文件有何不同。</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>No text could be read from this file.</source>
            <translation>无法从此文件读出文本。</translation>
        </message>
        <message>
            <source>Only the first 4 million characters are compared.</source>
            <translation>只比较前 400 万个字符。</translation>
        </message>
        <message>
            <source>Same bytes: nothing to compare.</source>
            <translation>字节完全相同：无需比较。</translation>
        </message>
        <message>
            <source>These texts could not be compared.</source>
            <translation>这两份文本无法比较。</translation>
        </message>
        <message>
            <source>Very long: parts are compared roughly.</source>
            <translation>文本很长：部分内容只作粗略比较。</translation>
        </message>
    </context>
    <context>
        <name>CompareTools</name>
        <message>
            <source>Figures and names</source>
            <translation>数字和名称</translation>
        </message>
        <message>
            <source>Keep this</source>
            <translation>保留这个</translation>
        </message>
        <message>
            <source>Keep this file of the group, and compare the others with it</source>
            <translation>在组中保留此文件，并将其他文件与它比较</translation>
        </message>
        <message>
            <source>Next difference</source>
            <translation>下一处差异</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Previous difference</source>
            <translation>上一处差异</translation>
        </message>
        <message>
            <source>Reveal</source>
            <translation>定位</translation>
        </message>
        <message>
            <source>Show it in the file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Step only through differences in figures and names</source>
            <translation>只浏览数字和名称的差异</translation>
        </message>
    </context>
    <context>
        <name>Deciding</name>
        <message numerus="yes">
            <source>%n file(s) were left alone: only the template or the meaning is the same. Such files are marked one by one.</source>
            <translation>
                <numerusform>%n 个文件未作更改：它们只是模板或含义相同。此类文件需逐个标记。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s): {}</source>
            <translation>
                <numerusform>%n 个文件：{}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All files of %n group(s) were chosen: those to keep are left as they were.</source>
            <translation>
                <numerusform>选中了 %n 个组的全部文件：要保留的文件维持原样。</numerusform>
            </translation>
        </message>
        <message>
            <source>Files in protected folders are never marked.</source>
            <translation>受保护文件夹中的文件永远不会被标记。</translation>
        </message>
        <message>
            <source>Files with the same bytes are duplicates, whatever they are for.</source>
            <translation>字节相同的文件就是重复文件，无论用途如何。</translation>
        </message>
        <message>
            <source>Marking very many files…</source>
            <translation>正在标记大量文件…</translation>
        </message>
        <message>
            <source>No file of “{}” would stay. When files are removed, one is always kept.</source>
            <translation>“{}”将一个文件也不剩。移除文件时，总会保留一个。</translation>
        </message>
        <message>
            <source>Nothing to mark: what is chosen is protected or the file to keep.</source>
            <translation>没有可标记的：所选的文件受保护，或就是要保留的文件。</translation>
        </message>
        <message>
            <source>Remembered: these are not duplicates. Undo last takes it back.</source>
            <translation>已记住：这些不是重复文件。用“撤销上一步”可以撤回。</translation>
        </message>
        <message>
            <source>These are too many files to part at once: choose fewer.</source>
            <translation>一次拆分的文件太多：请少选一些。</translation>
        </message>
    </context>
    <context>
        <name>DifferenceCanvas</name>
        <message numerus="yes">
            <source>⋯ %n line(s) alike</source>
            <translation>
                <numerusform>⋯ %n 行相同</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DifferenceView</name>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>差异</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Show everything that is alike</source>
            <translation>显示所有相同内容</translation>
        </message>
    </context>
    <context>
        <name>DropZone</name>
        <message>
            <source>Drop folders anywhere in the window, or click to choose them.</source>
            <translation>把文件夹拖到窗口任意位置，或点击选择。</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>As</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>CSV, for a spreadsheet</source>
            <translation>CSV，用于电子表格</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export the groups</source>
            <translation>导出分组</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <source>JSON, for programs</source>
            <translation>JSON，用于程序</translation>
        </message>
        <message>
            <source>Show in its folder</source>
            <translation>在文件夹中显示</translation>
        </message>
        <message numerus="yes">
            <source>The selection (%n file(s))</source>
            <translation>
                <numerusform>所选内容（%n 个文件）</numerusform>
            </translation>
        </message>
        <message>
            <source>To</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>What</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>What is shown</source>
            <translation>当前显示的内容</translation>
        </message>
        <message>
            <source>Written:</source>
            <translation>已写入：</translation>
        </message>
        <message>
            <source>{} is there already. Replace it?</source>
            <translation>{} 已存在。要替换吗？</translation>
        </message>
    </context>
    <context>
        <name>FirstPage</name>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Copies a few small documents into your user data folder.</source>
            <translation>将几个小文档复制到您的用户数据文件夹。</translation>
        </message>
        <message>
            <source>Copies, other formats, drafts, excerpts, translations.</source>
            <translation>副本、其他格式、草稿、摘录、译文。</translation>
        </message>
        <message>
            <source>Drop folders here</source>
            <translation>将文件夹拖到这里</translation>
        </message>
        <message>
            <source>Find the documents you have twice</source>
            <translation>找出重复保存的文档</translation>
        </message>
        <message>
            <source>Try with samples</source>
            <translation>用示例试试</translation>
        </message>
    </context>
    <context>
        <name>FolderActions</name>
        <message>
            <source>Add folder</source>
            <translation>添加文件夹</translation>
        </message>
        <message>
            <source>Choose a folder with documents</source>
            <translation>选择一个存放文档的文件夹</translation>
        </message>
        <message>
            <source>It was not added.</source>
            <translation>没有添加。</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove and forget</source>
            <translation>移除并忘记</translation>
        </message>
        <message>
            <source>Remove folder</source>
            <translation>移除文件夹</translation>
        </message>
        <message>
            <source>Remove {} from the list?</source>
            <translation>要从列表中移除“{}”吗？</translation>
        </message>
        <message>
            <source>The folder itself and its files stay where they are. What was read of them can be kept, so that adding the folder again is quick, or forgotten.</source>
            <translation>文件夹及其中的文件都留在原处。已读取的内容可以保留，以便再次添加时更快，也可以忘记。</translation>
        </message>
        <message>
            <source>The samples cannot be copied to {}.</source>
            <translation>无法将示例复制到 {}。</translation>
        </message>
        <message>
            <source>Whole folders are compared. Add the folder of these files?</source>
            <translation>比较以整个文件夹为单位。要添加这些文件所在的文件夹吗？</translation>
        </message>
        <message>
            <source>{} is not there.</source>
            <translation>{} 不存在。</translation>
        </message>
        <message>
            <source>{} is the same folder as {}, so it was not added.</source>
            <translation>{} 与 {} 是同一个文件夹，因此没有添加。</translation>
        </message>
    </context>
    <context>
        <name>Formats</name>
        <message>
            <source>{} h</source>
            <translation>{} 小时</translation>
        </message>
        <message>
            <source>{} h {} min</source>
            <translation>{} 小时 {} 分钟</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} 分钟</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} 秒</translation>
        </message>
    </context>
    <context>
        <name>GroupMenu</name>
        <message>
            <source>Apply keep rules…</source>
            <translation>应用保留规则…</translation>
        </message>
        <message>
            <source>Collapse all</source>
            <translation>全部折叠</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Expand all</source>
            <translation>全部展开</translation>
        </message>
        <message>
            <source>Find documents like this one</source>
            <translation>查找与此相似的文档</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Keep this one</source>
            <translation>保留这个</translation>
        </message>
        <message>
            <source>Leave undecided</source>
            <translation>暂不决定</translation>
        </message>
        <message>
            <source>Mark to keep</source>
            <translation>标记为保留</translation>
        </message>
        <message>
            <source>Mark to remove</source>
            <translation>标记为移除</translation>
        </message>
        <message>
            <source>Modified</source>
            <translation>修改日期</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Number of files</source>
            <translation>文件数量</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Protect folder “{}”</source>
            <translation>保护文件夹“{}”</translation>
        </message>
        <message>
            <source>Reveal in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Similarity</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>排序方式</translation>
        </message>
        <message>
            <source>Space that can be freed</source>
            <translation>可释放的空间</translation>
        </message>
        <message>
            <source>The other way round</source>
            <translation>反向排序</translation>
        </message>
        <message>
            <source>These are not duplicates</source>
            <translation>这些不是重复文件</translation>
        </message>
    </context>
    <context>
        <name>GroupModel</name>
        <message>
            <source>Decision</source>
            <translation>决定</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Modified</source>
            <translation>修改日期</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Similar</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
    </context>
    <context>
        <name>GroupTable</name>
        <message>
            <source>Groups of duplicates</source>
            <translation>重复文件组</translation>
        </message>
    </context>
    <context>
        <name>Groups</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>All files of this group have the same bytes.</source>
            <translation>此组中所有文件的字节完全相同。</translation>
        </message>
        <message>
            <source>Group {}</source>
            <translation>组“{}”</translation>
        </message>
        <message>
            <source>It was marked in another group, {}, not because of this one.</source>
            <translation>它是在另一组{}中被标记的，与本组无关。</translation>
        </message>
        <message>
            <source>Mostly the same words: drafts and revisions.</source>
            <translation>大部分词语相同：草稿和修订版。</translation>
        </message>
        <message>
            <source>Offline: its folder is not there now.</source>
            <translation>离线：它的文件夹现在不在。</translation>
        </message>
        <message>
            <source>One file holds all, or nearly all, of the other.</source>
            <translation>一个文件包含了另一个的全部或几乎全部内容。</translation>
        </message>
        <message>
            <source>The same said in other words, such as a translation.</source>
            <translation>用不同的话表达相同的意思，例如译文。</translation>
        </message>
        <message>
            <source>The same wording with other figures, dates or names: different documents.</source>
            <translation>措辞相同，但数字、日期或名称不同：是不同的文档。</translation>
        </message>
        <message>
            <source>The same words in other files: another format, other line breaks or letter case.</source>
            <translation>词语相同的不同文件：格式、换行或大小写不同。</translation>
        </message>
        <message>
            <source>collapsed</source>
            <translation>已折叠</translation>
        </message>
        <message>
            <source>copy</source>
            <translation>副本</translation>
        </message>
        <message>
            <source>copy in a protected folder</source>
            <translation>受保护文件夹中的副本</translation>
        </message>
        <message>
            <source>could free {}</source>
            <translation>可释放 {}</translation>
        </message>
        <message>
            <source>expanded</source>
            <translation>已展开</translation>
        </message>
        <message>
            <source>identical to {}</source>
            <translation>与“{}”完全相同</translation>
        </message>
        <message>
            <source>in {}</source>
            <translation>位于 {}</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>marked in the group {}</source>
            <translation>在组{}中被标记</translation>
        </message>
        <message>
            <source>marked to remove</source>
            <translation>标记为移除</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <source>one of {} and this file holds the other</source>
            <translation>与“{}”之间一个包含另一个</translation>
        </message>
        <message>
            <source>protected</source>
            <translation>受保护</translation>
        </message>
        <message>
            <source>revision of {}</source>
            <translation>“{}”的修订版</translation>
        </message>
        <message>
            <source>same meaning as {}</source>
            <translation>与“{}”含义相同</translation>
        </message>
        <message>
            <source>same template as {}</source>
            <translation>与“{}”模板相同</translation>
        </message>
        <message>
            <source>same text as {}</source>
            <translation>与“{}”文本相同</translation>
        </message>
        <message>
            <source>the file to keep</source>
            <translation>要保留的文件</translation>
        </message>
        <message>
            <source>undecided</source>
            <translation>未决定</translation>
        </message>
        <message>
            <source>{} by rule</source>
            <translation>按规则{}</translation>
        </message>
        <message>
            <source>{} by you</source>
            <translation>由您{}</translation>
        </message>
        <message>
            <source>{} similar</source>
            <translation>相似度 {}</translation>
        </message>
        <message>
            <source>“{title}” ({relation})</source>
            <translation>“{title}”（{relation}）</translation>
        </message>
    </context>
    <context>
        <name>HitList</name>
        <message>
            <source>Documents that were found</source>
            <translation>找到的文档</translation>
        </message>
    </context>
    <context>
        <name>Languages</name>
        <message>
            <source>English</source>
            <translation>简体中文</translation>
        </message>
    </context>
    <context>
        <name>LibraryThread</name>
        <message>
            <source>Something went wrong in the program itself.</source>
            <translation>程序本身出了问题。</translation>
        </message>
        <message>
            <source>The details are in the log.</source>
            <translation>详情见日志。</translation>
        </message>
    </context>
    <context>
        <name>ListDialog</name>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>No copy of the files with a box would stay. Tick those that may go all the same: to the trash or to a folder, never for good.</source>
            <translation>带方框的文件不会留下任何副本。请勾选仍可移走的文件：只会移到回收站或文件夹，绝不永久删除。</translation>
        </message>
    </context>
    <context>
        <name>ListModel</name>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>原因</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Dedupe App</source>
            <translation>Dedupe App</translation>
        </message>
        <message>
            <source>The engine is not running: nothing is watched.</source>
            <translation>引擎没有运行：现在不监视任何文件夹。</translation>
        </message>
    </context>
    <context>
        <name>Map</name>
        <message>
            <source>All others</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>Like no other</source>
            <translation>与众不同</translation>
        </message>
        <message>
            <source>Not in a topic</source>
            <translation>不属于任何主题</translation>
        </message>
        <message>
            <source>Older</source>
            <translation>更早</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>本月</translation>
        </message>
        <message>
            <source>This year</source>
            <translation>今年</translation>
        </message>
        <message>
            <source>Up to 10 years</source>
            <translation>10 年以内</translation>
        </message>
        <message>
            <source>Up to 3 years</source>
            <translation>3 年以内</translation>
        </message>
        <message>
            <source>age</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>relation</source>
            <translation>关系</translation>
        </message>
        <message>
            <source>topic</source>
            <translation>主题</translation>
        </message>
    </context>
    <context>
        <name>MapBar</name>
        <message>
            <source>Colour by {}</source>
            <translation>按{}着色</translation>
        </message>
        <message>
            <source>Colour: {} ▾</source>
            <translation>颜色：{} ▾</translation>
        </message>
        <message>
            <source>Draw a line around files (L)</source>
            <translation>画线圈选文件 (L)</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>套索</translation>
        </message>
        <message>
            <source>Show the same as a table (T)</source>
            <translation>以表格显示 (T)</translation>
        </message>
        <message>
            <source>Show the whole map (0)</source>
            <translation>显示整张地图 (0)</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>What the colours mean</source>
            <translation>颜色的含义</translation>
        </message>
    </context>
    <context>
        <name>MapCanvas</name>
        <message>
            <source>Map of all documents</source>
            <translation>所有文档的地图</translation>
        </message>
    </context>
    <context>
        <name>MapCard</name>
        <message>
            <source>Around it: {}</source>
            <translation>附近：{}</translation>
        </message>
    </context>
    <context>
        <name>MapMenu</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n 个文档</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n topic(s)</source>
            <translation>
                <numerusform>%n 个主题</numerusform>
            </translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Look at the selection</source>
            <translation>查看所选内容</translation>
        </message>
        <message>
            <source>Mark copies to remove</source>
            <translation>将副本标记为移除</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Reveal in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Show the whole map</source>
            <translation>显示整张地图</translation>
        </message>
        <message>
            <source>Show these in Groups</source>
            <translation>在“分组”中显示</translation>
        </message>
        <message>
            <source>scroll to zoom, drag to pan, Shift-drag to select</source>
            <translation>滚动缩放，拖动平移，按住 Shift 拖动选择</translation>
        </message>
        <message>
            <source>{} of {} documents chosen · Esc chooses none</source>
            <translation>已选 {} / {} 个文档 · 按 Esc 取消选择</translation>
        </message>
    </context>
    <context>
        <name>MapModel</name>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Like no other</source>
            <translation>与众不同</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Not in a topic</source>
            <translation>不属于任何主题</translation>
        </message>
        <message>
            <source>Relation</source>
            <translation>关系</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>主题</translation>
        </message>
    </context>
    <context>
        <name>MapOffer</name>
        <message numerus="yes">
            <source>%n document(s) came after the map was drawn.</source>
            <translation>
                <numerusform>绘制地图后新增了 %n 个文档。</numerusform>
            </translation>
        </message>
        <message>
            <source>Draw it anew</source>
            <translation>重新绘制</translation>
        </message>
    </context>
    <context>
        <name>MapTable</name>
        <message>
            <source>Map of all documents, as a table</source>
            <translation>所有文档的地图（表格）</translation>
        </message>
    </context>
    <context>
        <name>MapView</name>
        <message numerus="yes">
            <source>%n file(s) marked to remove</source>
            <translation>
                <numerusform>%n 个文件标记为移除</numerusform>
            </translation>
        </message>
        <message>
            <source>Documents that are about the same come to lie near each other.</source>
            <translation>内容相近的文档会排列在一起。</translation>
        </message>
        <message>
            <source>It is drawn when documents change, or when the map is opened again.</source>
            <translation>文档有改动，或再次打开地图时，会重新绘制。</translation>
        </message>
        <message>
            <source>No copies here: nothing was marked.</source>
            <translation>这里没有副本：未作任何标记。</translation>
        </message>
        <message>
            <source>Nothing to draw yet</source>
            <translation>还没有可绘制的内容</translation>
        </message>
        <message>
            <source>The map is being drawn</source>
            <translation>正在绘制地图</translation>
        </message>
        <message>
            <source>The map shows documents as soon as they are read.</source>
            <translation>文档读取后会立即显示在地图上。</translation>
        </message>
        <message>
            <source>The map was not drawn</source>
            <translation>地图没有绘制</translation>
        </message>
    </context>
    <context>
        <name>ModelActions</name>
        <message numerus="yes">
            <source>%n dimension(s)</source>
            <translation>
                <numerusform>%n 维</numerusform>
            </translation>
        </message>
        <message>
            <source>Download a model</source>
            <translation>下载模型</translation>
        </message>
        <message>
            <source>Downloading {}</source>
            <translation>正在下载 {}</translation>
        </message>
        <message>
            <source>Finds copies, revisions and excerpts.</source>
            <translation>能找到副本、修订版和摘录。</translation>
        </message>
        <message>
            <source>Only the model is fetched. Your documents stay on this computer.</source>
            <translation>只下载模型。您的文档始终留在这台电脑上。</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>The model {} cannot be used as it is.</source>
            <translation>模型 {} 目前无法使用。</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>What was chosen before holds again: {}.</source>
            <translation>已恢复为之前的选择：{}。</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>词语</translation>
        </message>
        <message>
            <source>built in</source>
            <translation>内置</translation>
        </message>
        <message>
            <source>server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>{name}: {state} from huggingface.co?</source>
            <translation>{name}：从 huggingface.co {state}？</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>in use</source>
            <translation>使用中</translation>
        </message>
    </context>
    <context>
        <name>ModelChooser</name>
        <message>
            <source>A server instead (vLLM, text-embeddings-inference, llama.cpp, Ollama…), or a folder of your own:</source>
            <translation>也可以改用服务器（vLLM、text-embeddings-inference、llama.cpp、Ollama…）或您自己的文件夹：</translation>
        </message>
        <message>
            <source>How should documents be compared?</source>
            <translation>要如何比较文档？</translation>
        </message>
        <message>
            <source>In use: {} in a folder of your own.</source>
            <translation>正在使用：您自己文件夹中的 {}。</translation>
        </message>
        <message>
            <source>In use: {} on a server.</source>
            <translation>正在使用：服务器上的 {}。</translation>
        </message>
        <message>
            <source>Set up</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Set up a server or a folder</source>
            <translation>设置服务器或文件夹</translation>
        </message>
    </context>
    <context>
        <name>ModelDialog</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
    </context>
    <context>
        <name>Models</name>
        <message>
            <source> on the processor, which takes long</source>
            <translation>，在处理器上运行，耗时较长</translation>
        </message>
        <message>
            <source> on your {}</source>
            <translation>，在您的 {} 上运行</translation>
        </message>
        <message>
            <source>Built in. Works now, without a download. Finds copies, revisions and excerpts in any language.</source>
            <translation>内置，无需下载即可使用。能找到任何语言的副本、修订版和摘录。</translation>
        </message>
        <message>
            <source>By meaning, best</source>
            <translation>按含义，效果最好</translation>
        </message>
        <message>
            <source>By their meaning</source>
            <translation>按含义</translation>
        </message>
        <message>
            <source>By their words</source>
            <translation>按词语</translation>
        </message>
        <message>
            <source>Download {}</source>
            <translation>下载 {}</translation>
        </message>
        <message>
            <source>Nothing in particular</source>
            <translation>不给指令</translation>
        </message>
        <message>
            <source>Qwen3-Embedding 0.6B{on}. Also finds translations and paraphrases.</source>
            <translation>Qwen3-Embedding 0.6B{on}。还能找到译文和改写。</translation>
        </message>
        <message>
            <source>Qwen3-Embedding 4B. Made for a graphics card with {}: very slow here.</source>
            <translation>Qwen3-Embedding 4B。适合有 {} 显存的显卡，在这台电脑上非常慢。</translation>
        </message>
        <message>
            <source>Qwen3-Embedding 4B. Needs {} on the card, about 8 times slower.</source>
            <translation>Qwen3-Embedding 4B。需要 {} 显存，约慢 8 倍。</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>What documents are about</source>
            <translation>文档的主题</translation>
        </message>
        <message>
            <source>What would answer a question</source>
            <translation>能回答问题的内容</translation>
        </message>
    </context>
    <context>
        <name>Narrowed</name>
        <message>
            <source>Only groups with a file in “{}”</source>
            <translation>只显示有文件位于“{}”中的分组</translation>
        </message>
        <message>
            <source>Only groups with “{}”</source>
            <translation>只显示含有“{}”的分组</translation>
        </message>
        <message numerus="yes">
            <source>Only the groups of %n file(s) chosen on the map</source>
            <translation>
                <numerusform>只显示地图上所选 %n 个文件的分组</numerusform>
            </translation>
        </message>
        <message>
            <source>Show all groups</source>
            <translation>显示所有组</translation>
        </message>
    </context>
    <context>
        <name>NearCopyCard</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Next near-copy</source>
            <translation>下一个几乎相同的文件</translation>
        </message>
        <message>
            <source>Previous near-copy</source>
            <translation>上一个几乎相同的文件</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>You just saved a near-copy of {}</source>
            <translation>您刚保存的文件与 {} 几乎相同</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>第 {0} 个，共 {1} 个</translation>
        </message>
        <message>
            <source>{name} in {folder}</source>
            <translation>{name}，位于 {folder}</translation>
        </message>
    </context>
    <context>
        <name>Opener</name>
        <message>
            <source>It is not there any more, or its drive is not plugged in.</source>
            <translation>它已不存在，或所在的驱动器没有连接。</translation>
        </message>
        <message>
            <source>No program is set up for such files.</source>
            <translation>没有为此类文件设置打开的程序。</translation>
        </message>
        <message>
            <source>There is no file manager to show it with.</source>
            <translation>没有可用的文件管理器。</translation>
        </message>
        <message>
            <source>{} cannot be opened.</source>
            <translation>无法打开 {}。</translation>
        </message>
        <message>
            <source>{} cannot be shown in its folder.</source>
            <translation>无法在文件夹中显示 {}。</translation>
        </message>
    </context>
    <context>
        <name>Patterns</name>
        <message>
            <source>One pattern a line. A star stands for any letters: *.log leaves out all such files, build/ a folder with all that is in it.</source>
            <translation>每行一个模式。星号代表任意字符：*.log 排除所有此类文件，build/ 排除整个文件夹及其内容。</translation>
        </message>
    </context>
    <context>
        <name>PatternsDialog</name>
        <message>
            <source>Leave out of {}</source>
            <translation>从“{}”中排除</translation>
        </message>
    </context>
    <context>
        <name>PatternsField</name>
        <message>
            <source>Patterns, one a line</source>
            <translation>模式，每行一个</translation>
        </message>
    </context>
    <context>
        <name>Plan</name>
        <message numerus="yes">
            <source>%n file(s) are as before</source>
            <translation>
                <numerusform>%n 个文件已恢复原状</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are documents of their own:</source>
            <translation>
                <numerusform>%n 个文件是独立的文档：</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are not identical to what stays</source>
            <translation>
                <numerusform>%n 个文件与留下的文件不完全相同</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are not there now</source>
            <translation>
                <numerusform>%n 个文件现在不在</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are on another drive than what stays</source>
            <translation>
                <numerusform>%n 个文件与留下的文件不在同一驱动器</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are other names of what stays</source>
            <translation>
                <numerusform>%n 个文件只是留下的文件的另一个名称</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) are protected</source>
            <translation>
                <numerusform>%n 个文件受保护</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) cannot be used</source>
            <translation>
                <numerusform>%n 个文件无法处理</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) changed since the scan</source>
            <translation>
                <numerusform>%n 个文件在扫描后有改动</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) deleted</source>
            <translation>
                <numerusform>已删除 %n 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) have no copy that would stay</source>
            <translation>
                <numerusform>%n 个文件没有会留下的副本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) lost the copy that should stay (it changed, or is not there)</source>
            <translation>
                <numerusform>%n 个文件应留下的副本有改动或已不在</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) moved</source>
            <translation>
                <numerusform>已移动 %n 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) moved to the trash</source>
            <translation>
                <numerusform>已将 %n 个文件移到回收站</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) replaced by links</source>
            <translation>
                <numerusform>已将 %n 个文件替换为链接</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) share their space now</source>
            <translation>
                <numerusform>%n 个文件现已共享空间</numerusform>
            </translation>
        </message>
        <message>
            <source>Another file is there now; nothing is overwritten.</source>
            <translation>那里已有另一个文件；不会覆盖任何内容。</translation>
        </message>
        <message numerus="yes">
            <source>Delete %n file(s) for good?</source>
            <translation>
                <numerusform>要永久删除 %n 个文件吗？</numerusform>
            </translation>
        </message>
        <message>
            <source>Delete for good</source>
            <translation>永久删除</translation>
        </message>
        <message>
            <source>Delete for good…</source>
            <translation>永久删除…</translation>
        </message>
        <message>
            <source>Deleting files…</source>
            <translation>正在删除文件…</translation>
        </message>
        <message>
            <source>Each file becomes another name of its identical copy: what is changed in one is changed in all.</source>
            <translation>每个文件都成为其相同副本的另一个名称：改动一个，其他的也随之改动。</translation>
        </message>
        <message>
            <source>Files stay files of their own; identical ones take space once. Not every drive can.</source>
            <translation>文件仍各自独立；相同的内容只占一份空间。并非所有驱动器都支持。</translation>
        </message>
        <message>
            <source>It changed since the scan.</source>
            <translation>它在扫描后有改动。</translation>
        </message>
        <message>
            <source>It is a link or no plain file.</source>
            <translation>它是链接，或不是普通文件。</translation>
        </message>
        <message>
            <source>It is no longer there: the trash may have been emptied.</source>
            <translation>它已不在：回收站可能已清空。</translation>
        </message>
        <message>
            <source>It is not marked any more, or changed.</source>
            <translation>它已不再被标记，或有改动。</translation>
        </message>
        <message>
            <source>It is not there now.</source>
            <translation>它现在不在。</translation>
        </message>
        <message>
            <source>It lies in a protected folder, or in one of the system.</source>
            <translation>它位于受保护的文件夹或系统文件夹中。</translation>
        </message>
        <message numerus="yes">
            <source>Let %n file(s) share their space?</source>
            <translation>
                <numerusform>要让 %n 个文件共享空间吗？</numerusform>
            </translation>
        </message>
        <message>
            <source>Letting files share their space…</source>
            <translation>正在让文件共享空间…</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message numerus="yes">
            <source>Move %n file(s) to a folder?</source>
            <translation>
                <numerusform>要将 %n 个文件移到文件夹吗？</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n file(s) to the trash?</source>
            <translation>
                <numerusform>要将 %n 个文件移到回收站吗？</numerusform>
            </translation>
        </message>
        <message>
            <source>Move to a folder…</source>
            <translation>移到文件夹…</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <source>Moving files to the trash…</source>
            <translation>正在将文件移到回收站…</translation>
        </message>
        <message>
            <source>Moving files…</source>
            <translation>正在移动文件…</translation>
        </message>
        <message numerus="yes">
            <source>No copy of %n file(s) stays:</source>
            <translation>
                <numerusform>%n 个文件不会留下任何副本：</numerusform>
            </translation>
        </message>
        <message>
            <source>No copy of it would stay.</source>
            <translation>不会留下它的任何副本。</translation>
        </message>
        <message>
            <source>No identical copy stays: only the text is the same.</source>
            <translation>不会留下完全相同的副本：只有文本相同。</translation>
        </message>
        <message>
            <source>None of the marked files can go now.</source>
            <translation>标记的文件目前都不能移走。</translation>
        </message>
        <message>
            <source>Only identical files can be made anew, from the copy that stays.</source>
            <translation>只有完全相同的文件才能由留下的副本重新生成。</translation>
        </message>
        <message numerus="yes">
            <source>Replace %n file(s) by links?</source>
            <translation>
                <numerusform>要将 %n 个文件替换为链接吗？</numerusform>
            </translation>
        </message>
        <message>
            <source>Replace by hard links</source>
            <translation>替换为硬链接</translation>
        </message>
        <message>
            <source>Replace by links</source>
            <translation>替换为链接</translation>
        </message>
        <message>
            <source>Replacing files by links…</source>
            <translation>正在将文件替换为链接…</translation>
        </message>
        <message>
            <source>Share space</source>
            <translation>共享空间</translation>
        </message>
        <message>
            <source>Share space (clone)</source>
            <translation>共享空间（克隆）</translation>
        </message>
        <message>
            <source>Stopped before its turn.</source>
            <translation>在轮到它之前已停止。</translation>
        </message>
        <message numerus="yes">
            <source>The copies of %n file(s) are protected</source>
            <translation>
                <numerusform>%n 个文件的副本受保护</numerusform>
            </translation>
        </message>
        <message>
            <source>The copy that should stay changed or is not there.</source>
            <translation>应留下的副本有改动或已不在。</translation>
        </message>
        <message>
            <source>The copy that stays is another name of this very file.</source>
            <translation>留下的副本只是此文件的另一个名称。</translation>
        </message>
        <message>
            <source>The copy that stays is on another drive.</source>
            <translation>留下的副本在另一个驱动器上。</translation>
        </message>
        <message>
            <source>The copy that stays is protected: it gets no link.</source>
            <translation>留下的副本受保护：不会为它建立链接。</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>磁盘已满。</translation>
        </message>
        <message>
            <source>The system said no.</source>
            <translation>系统拒绝了此操作。</translation>
        </message>
        <message>
            <source>There is no trash on its drive. Choose another action.</source>
            <translation>它所在的驱动器没有回收站。请选择其他操作。</translation>
        </message>
        <message>
            <source>They do not go to the trash.</source>
            <translation>它们不会进入回收站。</translation>
        </message>
        <message>
            <source>This cannot be done here.</source>
            <translation>这里无法执行此操作。</translation>
        </message>
        <message>
            <source>This cannot be undone.</source>
            <translation>此操作无法撤销。</translation>
        </message>
        <message>
            <source>You are not allowed to change it.</source>
            <translation>您无权更改它。</translation>
        </message>
        <message>
            <source>You can undo this, also after a restart.</source>
            <translation>此操作可以撤销，重新启动后也可以。</translation>
        </message>
        <message>
            <source>and will be left alone.</source>
            <translation>，将保持不动。</translation>
        </message>
        <message>
            <source>at least one copy of every group. Nothing in a protected folder is touched. Every file is checked once more before it goes.</source>
            <translation>每组至少一个副本。受保护文件夹中的内容一概不动。每个文件在移走前都会再检查一次。</translation>
        </message>
        <message>
            <source>what stays is like them, but no copy of them.</source>
            <translation>留下的文件与它们相似，但不是它们的副本。</translation>
        </message>
        <message>
            <source>you confirmed them one by one.</source>
            <translation>您已逐个确认。</translation>
        </message>
        <message>
            <source>{0} · stays: {1}</source>
            <translation>{0} · 保留：{1}</translation>
        </message>
    </context>
    <context>
        <name>PlanDialog</name>
        <message>
            <source>Remove marked files</source>
            <translation>移除已标记的文件</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>The settings cannot be written.</source>
            <translation>无法写入设置。</translation>
        </message>
        <message>
            <source>They hold until the window is closed. {}.</source>
            <translation>它们在窗口关闭前有效。{}。</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Some settings made no sense.</source>
            <translation>部分设置有误。</translation>
        </message>
        <message>
            <source>Something went wrong in the program itself.</source>
            <translation>程序本身出了问题。</translation>
        </message>
        <message>
            <source>The defaults hold for {}. The file as it was is {}.</source>
            <translation>{} 使用默认值。原来的文件是 {}。</translation>
        </message>
        <message>
            <source>The details are in the log.</source>
            <translation>详情见日志。</translation>
        </message>
        <message>
            <source>The graphics card is being set up, and that goes on.</source>
            <translation>正在设置显卡,设置会继续进行。</translation>
        </message>
        <message>
            <source>The language changes at the next start.</source>
            <translation>语言将在下次启动时更改。</translation>
        </message>
        <message>
            <source>The settings made no sense and were set aside.</source>
            <translation>设置文件内容有误，已移到一旁。</translation>
        </message>
        <message>
            <source>They are in {}; the defaults hold now.</source>
            <translation>它们保存在 {}；现在使用默认设置。</translation>
        </message>
    </context>
    <context>
        <name>ReasonTable</name>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Why they are marked</source>
            <translation>标记原因</translation>
        </message>
        <message>
            <source>not the same text as what stays</source>
            <translation>与保留的文件文本不同</translation>
        </message>
        <message>
            <source>{}, not the same text as what stays</source>
            <translation>{}，与保留的文件文本不同</translation>
        </message>
    </context>
    <context>
        <name>Relation</name>
        <message>
            <source>Contained</source>
            <translation>包含</translation>
        </message>
        <message>
            <source>Identical</source>
            <translation>完全相同</translation>
        </message>
        <message>
            <source>Revision</source>
            <translation>修订版</translation>
        </message>
        <message>
            <source>Same meaning</source>
            <translation>含义相同</translation>
        </message>
        <message>
            <source>Same template</source>
            <translation>同一模板</translation>
        </message>
        <message>
            <source>Same text</source>
            <translation>文本相同</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message numerus="yes">
            <source>%n file(s) were left alone.</source>
            <translation>
                <numerusform>%n 个文件保持不动。</numerusform>
            </translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Left alone</source>
            <translation>保持不动的文件</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Stopped before the end.</source>
            <translation>未完成即停止。</translation>
        </message>
        <message>
            <source>They are marked as they were.</source>
            <translation>它们的标记与之前相同。</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>{} in all.</source>
            <translation>共 {}。</translation>
        </message>
    </context>
    <context>
        <name>ReviewActions</name>
        <message numerus="yes">
            <source>%n file(s) put back</source>
            <translation>
                <numerusform>已放回 %n 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) removed</source>
            <translation>
                <numerusform>已移除 %n 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were left alone.</source>
            <translation>
                <numerusform>%n 个文件保持不动。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Put %n file(s) back where they were?</source>
            <translation>
                <numerusform>要将 %n 个文件放回原处吗？</numerusform>
            </translation>
        </message>
        <message>
            <source>Taken back: {}</source>
            <translation>已撤销：{}</translation>
        </message>
        <message>
            <source>There is nothing to take back.</source>
            <translation>没有可撤销的操作。</translation>
        </message>
        <message>
            <source>They were removed on {date}, {size} in all.</source>
            <translation>它们于 {date} 移除，共 {size}。</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>撤销上一步</translation>
        </message>
    </context>
    <context>
        <name>Rules</name>
        <message>
            <source>Keep names without “copy” or “(1)”</source>
            <translation>保留名称中没有“副本”或“(1)”的</translation>
        </message>
        <message>
            <source>Keep the format that can be edited best</source>
            <translation>保留最便于编辑的格式</translation>
        </message>
        <message>
            <source>Keep the longest text</source>
            <translation>保留文本最长的</translation>
        </message>
        <message>
            <source>Keep the newest</source>
            <translation>保留最新的</translation>
        </message>
        <message>
            <source>Keep the oldest</source>
            <translation>保留最旧的</translation>
        </message>
        <message>
            <source>Keep the shortest path</source>
            <translation>保留路径最短的</translation>
        </message>
        <message>
            <source>Keep what is in {}</source>
            <translation>保留位于 {} 中的</translation>
        </message>
    </context>
    <context>
        <name>RulesDialog</name>
        <message numerus="yes">
            <source>%n file(s) stay as you decided yourself.</source>
            <translation>
                <numerusform>%n 个文件维持您自己的决定。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) would be kept instead.</source>
            <translation>
                <numerusform>%n 个文件将改为保留。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more file(s) would be marked to be removed,</source>
            <translation>
                <numerusform>将再标记 %n 个要移除的文件，</numerusform>
            </translation>
        </message>
        <message>
            <source>A folder first…</source>
            <translation>优先文件夹…</translation>
        </message>
        <message>
            <source>All is marked as the rules say.</source>
            <translation>所有标记都已符合规则。</translation>
        </message>
        <message>
            <source>Also change what I decided myself</source>
            <translation>也更改我自己的决定</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Apply keep rules</source>
            <translation>应用保留规则</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Down</source>
            <translation>下移</translation>
        </message>
        <message>
            <source>Keep what is in</source>
            <translation>保留此文件夹中的内容</translation>
        </message>
        <message>
            <source>Mark files</source>
            <translation>标记文件</translation>
        </message>
        <message>
            <source>Mark files that are</source>
            <translation>标记的文件类型</translation>
        </message>
        <message>
            <source>Nothing changes.</source>
            <translation>没有变化。</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>The first rule that tells files apart decides. Drag the rules into order, or move them with Alt and the arrows.</source>
            <translation>由第一条能区分文件的规则决定。可拖动规则排序，或用 Alt 加方向键移动。</translation>
        </message>
        <message>
            <source>To all groups</source>
            <translation>所有组</translation>
        </message>
        <message numerus="yes">
            <source>To the %n chosen file(s)</source>
            <translation>
                <numerusform>所选的 %n 个文件</numerusform>
            </translation>
        </message>
        <message>
            <source>To what is shown</source>
            <translation>当前显示的内容</translation>
        </message>
        <message>
            <source>Up</source>
            <translation>上移</translation>
        </message>
        <message>
            <source>What the rules apply to</source>
            <translation>规则的应用范围</translation>
        </message>
        <message>
            <source>What the rules would do</source>
            <translation>规则的效果</translation>
        </message>
        <message>
            <source>Which file of a group stays?</source>
            <translation>每组保留哪个文件？</translation>
        </message>
        <message>
            <source>Would be kept</source>
            <translation>将保留</translation>
        </message>
        <message>
            <source>Would be marked to be removed</source>
            <translation>将标记为移除</translation>
        </message>
        <message>
            <source>Would be removed; stays: {}</source>
            <translation>将移除；保留：{}</translation>
        </message>
        <message>
            <source>{} in all.</source>
            <translation>共 {}。</translation>
        </message>
    </context>
    <context>
        <name>RulesList</name>
        <message>
            <source>Keep rules, the most important first</source>
            <translation>保留规则，最重要的在前</translation>
        </message>
        <message>
            <source>Space ticks a rule, Alt with the up and down arrows moves it.</source>
            <translation>空格键勾选规则，Alt 加上下方向键移动规则。</translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message numerus="yes">
            <source>+ %n more with the same text</source>
            <translation>
                <numerusform>+ 另有 %n 个文本相同</numerusform>
            </translation>
        </message>
        <message>
            <source>Arabic</source>
            <translation>阿拉伯语</translation>
        </message>
        <message>
            <source>Chinese</source>
            <translation>中文</translation>
        </message>
        <message>
            <source>Dutch</source>
            <translation>荷兰语</translation>
        </message>
        <message>
            <source>English</source>
            <translation>英语</translation>
        </message>
        <message>
            <source>French</source>
            <translation>法语</translation>
        </message>
        <message>
            <source>German</source>
            <translation>德语</translation>
        </message>
        <message>
            <source>Greek</source>
            <translation>希腊语</translation>
        </message>
        <message>
            <source>Hebrew</source>
            <translation>希伯来语</translation>
        </message>
        <message>
            <source>Hindi</source>
            <translation>印地语</translation>
        </message>
        <message>
            <source>Italian</source>
            <translation>意大利语</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>日语</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>韩语</translation>
        </message>
        <message>
            <source>No other document comes near to it.</source>
            <translation>没有与它相近的其他文档。</translation>
        </message>
        <message>
            <source>Not all texts are ready to be searched. What is found later appears by itself.</source>
            <translation>还有文本尚未准备好供搜索。之后找到的内容会自动显示。</translation>
        </message>
        <message>
            <source>Nothing found for “{}”</source>
            <translation>未找到“{}”</translation>
        </message>
        <message>
            <source>Nothing found for “{}” so far</source>
            <translation>目前没有找到“{}”</translation>
        </message>
        <message>
            <source>Nothing is like “{}”</source>
            <translation>没有与“{}”相似的内容</translation>
        </message>
        <message>
            <source>Portuguese</source>
            <translation>葡萄牙语</translation>
        </message>
        <message>
            <source>Russian</source>
            <translation>俄语</translation>
        </message>
        <message>
            <source>Search names and texts</source>
            <translation>搜索名称和文本</translation>
        </message>
        <message>
            <source>Spanish</source>
            <translation>西班牙语</translation>
        </message>
        <message>
            <source>Thai</source>
            <translation>泰语</translation>
        </message>
        <message>
            <source>Try fewer words, or only the beginning of one.</source>
            <translation>请减少词语，或只输入词语的开头。</translation>
        </message>
        <message>
            <source>Ukrainian</source>
            <translation>乌克兰语</translation>
        </message>
        <message>
            <source>Words in quotes are found in a row; the last word may be a beginning. Drop a file or a piece of text here to find documents like it.</source>
            <translation>引号中的词语须连续出现；最后一个词可以只写开头。将文件或一段文字拖到这里，可查找与它相似的文档。</translation>
        </message>
        <message>
            <source>found by {}</source>
            <translation>按{}找到</translation>
        </message>
        <message>
            <source>in {}</source>
            <translation>位于 {}</translation>
        </message>
        <message>
            <source>meaning</source>
            <translation>含义</translation>
        </message>
        <message>
            <source>name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>preparing search: {} of {} texts</source>
            <translation>正在准备搜索：{} / {} 个文本</translation>
        </message>
        <message>
            <source>the first {}</source>
            <translation>前 {} 个</translation>
        </message>
        <message>
            <source>wording</source>
            <translation>措辞</translation>
        </message>
        <message>
            <source>wording {}</source>
            <translation>措辞 {}</translation>
        </message>
        <message>
            <source>words</source>
            <translation>词语</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <translation>{}和{}</translation>
        </message>
        <message>
            <source>{} like “{}”</source>
            <translation>{} 与“{}”相似</translation>
        </message>
        <message>
            <source>{} ms</source>
            <translation>{} 毫秒</translation>
        </message>
        <message>
            <source>{} of {} documents</source>
            <translation>{} / {} 个文档</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} 秒</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search names and texts…</source>
            <translation>搜索名称和文本…</translation>
        </message>
    </context>
    <context>
        <name>SearchView</name>
        <message>
            <source> · meaning follows…</source>
            <translation> · 正在按含义查找…</translation>
        </message>
        <message>
            <source> · not by meaning: {}</source>
            <translation> · 未按含义查找：{}</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Find documents like this one</source>
            <translation>查找与此相似的文档</translation>
        </message>
        <message>
            <source>It was stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <source>Looking for documents like “{}”…</source>
            <translation>正在查找与“{}”相似的文档…</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Reveal in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Show on map</source>
            <translation>在地图上显示</translation>
        </message>
    </context>
    <context>
        <name>Sentence</name>
        <message>
            <source>1 file</source>
            <translation>1 个文件</translation>
        </message>
        <message>
            <source>A BMP picture</source>
            <translation>BMP 图片</translation>
        </message>
        <message>
            <source>A GIF picture</source>
            <translation>GIF 图片</translation>
        </message>
        <message>
            <source>A JPEG picture</source>
            <translation>JPEG 图片</translation>
        </message>
        <message>
            <source>A PNG picture</source>
            <translation>PNG 图片</translation>
        </message>
        <message>
            <source>A TIFF picture</source>
            <translation>TIFF 图片</translation>
        </message>
        <message>
            <source>A compressed file</source>
            <translation>压缩文件</translation>
        </message>
        <message>
            <source>A database</source>
            <translation>数据库</translation>
        </message>
        <message>
            <source>A file of type .{}</source>
            <translation>.{} 类型的文件</translation>
        </message>
        <message>
            <source>A file of type .{}: no reader for it.</source>
            <translation>.{} 类型的文件：无法读取。</translation>
        </message>
        <message>
            <source>A file without a known type</source>
            <translation>类型未知的文件</translation>
        </message>
        <message>
            <source>A film</source>
            <translation>影片</translation>
        </message>
        <message>
            <source>A font</source>
            <translation>字体</translation>
        </message>
        <message>
            <source>A link that leads back to itself.</source>
            <translation>指向自身的链接。</translation>
        </message>
        <message>
            <source>A model runs on the processor here; or let a server with a newer card do it.</source>
            <translation>模型在这里的处理器上运行；或者交给装有较新显卡的服务器。</translation>
        </message>
        <message>
            <source>A picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>A program</source>
            <translation>程序</translation>
        </message>
        <message>
            <source>A repair of the library {} was broken off.</source>
            <translation>资料库 {} 的修复中途中断。</translation>
        </message>
        <message>
            <source>A sound recording</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>A sound recording or film</source>
            <translation>录音或影片</translation>
        </message>
        <message>
            <source>An archive</source>
            <translation>压缩包</translation>
        </message>
        <message>
            <source>An archive: unpack it to compare it.</source>
            <translation>压缩包：请解压后再比较。</translation>
        </message>
        <message>
            <source>An empty file.</source>
            <translation>空文件。</translation>
        </message>
        <message>
            <source>Another model runs behind {} than before.</source>
            <translation>{} 后面运行的模型与以前不同。</translation>
        </message>
        <message>
            <source>Another window or command of Dedupe App is at it: wait until it is done.</source>
            <translation>Dedupe App 的另一个窗口或命令正在进行：请等它完成。</translation>
        </message>
        <message>
            <source>Belongs to the group through other files of it; it differs more from the file to keep.</source>
            <translation>通过组中其他文件归入此组；与要保留的文件差别较大。</translation>
        </message>
        <message>
            <source>Cannot allocate memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>Cannot be read: {}.</source>
            <translation>无法读取：{}。</translation>
        </message>
        <message>
            <source>Check the address, the model's name and the key (environment variable {}).</source>
            <translation>请检查地址、模型名称和密钥（环境变量 {}）。</translation>
        </message>
        <message>
            <source>Check the connection (proxy: HTTPS_PROXY) and try again; what is there is kept. Or name a mirror, or a folder with the packages. {}</source>
            <translation>请检查连接（代理：HTTPS_PROXY）后重试；已有的内容会保留。或者指定一个镜像，或一个含有这些软件包的文件夹。{}</translation>
        </message>
        <message>
            <source>Check the connection (proxy: HTTPS_PROXY, mirror: HF_ENDPOINT) and try again; what is there is kept. Or bring the folder of {} from another machine and import it.</source>
            <translation>请检查网络连接（代理：HTTPS_PROXY，镜像：HF_ENDPOINT）后重试；已下载的内容会保留。也可以从另一台电脑带来 {} 的文件夹并导入。</translation>
        </message>
        <message>
            <source>Choose a folder in the Hugging Face layout (config.json, tokenizer.json, *.safetensors), or download again.</source>
            <translation>请选择 Hugging Face 结构的文件夹（config.json、tokenizer.json、*.safetensors），或重新下载。</translation>
        </message>
        <message>
            <source>Choose a smaller model, or close programs that use the memory.</source>
            <translation>请选择较小的模型，或关闭占用内存的程序。</translation>
        </message>
        <message>
            <source>Choose a smaller model, or close programs.</source>
            <translation>请选择较小的模型，或关闭其他程序。</translation>
        </message>
        <message>
            <source>Choose another one in the settings.</source>
            <translation>请在设置中选择其他方式。</translation>
        </message>
        <message>
            <source>Choose auto, cuda, mps or cpu.</source>
            <translation>请选择 auto、cuda、mps 或 cpu。</translation>
        </message>
        <message>
            <source>Choose it under “Model” on the left: it is then downloaded ({0} GB).</source>
            <translation>请在左侧的“模型”中选择它：随后会下载（{0} GB）。</translation>
        </message>
        <message>
            <source>Choose one of: {}.</source>
            <translation>请从中选择：{}。</translation>
        </message>
        <message>
            <source>Choose the device auto or cpu, or install the torch made for your card.</source>
            <translation>请选择设备 auto 或 cpu，或安装适合您显卡的 torch。</translation>
        </message>
        <message>
            <source>Close it and try again.</source>
            <translation>请将其关闭后重试。</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller model.</source>
            <translation>请关闭其他程序，或选择较小的模型。</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>连接超时</translation>
        </message>
        <message>
            <source>Damaged: {}.</source>
            <translation>已损坏：{}。</translation>
        </message>
        <message>
            <source>Delete {} and download it again.</source>
            <translation>请删除 {} 并重新下载。</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>设备或资源正忙</translation>
        </message>
        <message>
            <source>Directory not empty</source>
            <translation>文件夹不为空</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>超出磁盘配额</translation>
        </message>
        <message>
            <source>Download it again, or update torch.</source>
            <translation>请重新下载，或更新 torch。</translation>
        </message>
        <message>
            <source>Download it again.</source>
            <translation>请重新下载。</translation>
        </message>
        <message>
            <source>Download the model again.</source>
            <translation>请重新下载模型。</translation>
        </message>
        <message>
            <source>Embedding was stopped.</source>
            <translation>向量计算已停止。</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>文件已存在</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>文件名太长</translation>
        </message>
        <message>
            <source>File too large</source>
            <translation>文件太大</translation>
        </message>
        <message>
            <source>Holds no text.</source>
            <translation>没有文本。</translation>
        </message>
        <message>
            <source>If there is one, install its driver; nvidia-smi must list it.</source>
            <translation>如果有，请安装其驱动程序；nvidia-smi 必须能列出它。</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>输入/输出错误</translation>
        </message>
        <message>
            <source>Install Python 3.11, 3.12 or 3.13 (Debian: apt install python3), or name a mirror it can be fetched from. {}</source>
            <translation>请安装 Python 3.11、3.12 或 3.13（Debian：apt install python3），或指定可以获取它的镜像。{}</translation>
        </message>
        <message>
            <source>Install it with: pip install uv</source>
            <translation>安装方法：pip install uv</translation>
        </message>
        <message>
            <source>Install that version, or name another library; nothing was touched.</source>
            <translation>请安装该版本，或指定其他资料库；未作任何改动。</translation>
        </message>
        <message>
            <source>Install the torch for your card beside it with pip; then the program uses it.</source>
            <translation>请用 pip 在同一处安装适合您显卡的 torch；程序就会使用它。</translation>
        </message>
        <message>
            <source>Install version {} or newer.</source>
            <translation>请安装 {} 或更新的版本。</translation>
        </message>
        <message>
            <source>Invalid argument</source>
            <translation>参数无效</translation>
        </message>
        <message>
            <source>Invalid cross-device link</source>
            <translation>不能跨驱动器链接</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>是文件夹</translation>
        </message>
        <message>
            <source>It changed or went away while it was being read; scan again.</source>
            <translation>读取时文件有改动或消失；请重新扫描。</translation>
        </message>
        <message>
            <source>It ended with status {}.</source>
            <translation>它以状态 {} 结束。</translation>
        </message>
        <message>
            <source>It is as it was. Name another file for the report, or move this one away first.</source>
            <translation>它保持原样。请为报告指定另一个文件，或先将它移走。</translation>
        </message>
        <message>
            <source>It is as it was. Name another file for the report.</source>
            <translation>它保持原样。请为报告指定另一个文件。</translation>
        </message>
        <message>
            <source>It is back; its date or permissions could not be set: {}.</source>
            <translation>已恢复；但无法设置其日期或权限：{}。</translation>
        </message>
        <message>
            <source>It is back; these could not be set: {}.</source>
            <translation>已恢复；以下各项未能设置：{}。</translation>
        </message>
        <message>
            <source>It is in this folder already</source>
            <translation>它已在此文件夹中</translation>
        </message>
        <message>
            <source>It is not there. What is known of it is kept until it comes back.</source>
            <translation>它现在不在。已知的内容会保留到它恢复为止。</translation>
        </message>
        <message>
            <source>It is on a network drive, which does not tell of changes. It is looked at every minute.</source>
            <translation>它位于网络驱动器上，改动不会通知。每分钟检查一次。</translation>
        </message>
        <message>
            <source>It was a file of its own already.</source>
            <translation>它本来就是独立的文件。</translation>
        </message>
        <message>
            <source>It was back already.</source>
            <translation>它已经恢复。</translation>
        </message>
        <message>
            <source>It was changed since in {}</source>
            <translation>之后在 {} 中有改动</translation>
        </message>
        <message>
            <source>It was ended by signal {}.</source>
            <translation>它被信号 {} 终止。</translation>
        </message>
        <message>
            <source>It was put where the library should be. Move it away, then try again.</source>
            <translation>它占用了资料库的位置。请将它移走后重试。</translation>
        </message>
        <message>
            <source>Its disk is full, is failing, or is not there any more. See to it, then try again.</source>
            <translation>其磁盘已满、出现故障或已不在。请处理后重试。</translation>
        </message>
        <message>
            <source>Larger than {}.</source>
            <translation>大于 {}。</translation>
        </message>
        <message>
            <source>Leave them out here.</source>
            <translation>请在此处不要使用。</translation>
        </message>
        <message>
            <source>Loading the model takes {} GB of memory, and {} GB are free.</source>
            <translation>加载模型需要 {} GB 内存，而可用的只有 {} GB。</translation>
        </message>
        <message>
            <source>Look how it was copied.</source>
            <translation>请检查复制时是否有误。</translation>
        </message>
        <message>
            <source>Made anew from the copy that stayed: the file itself was no longer there.</source>
            <translation>已由留下的副本重新生成：原文件已不在。</translation>
        </message>
        <message>
            <source>Made anew from the copy that stayed; these could not be set: {}.</source>
            <translation>已由留下的副本重新生成；以下各项未能设置：{}。</translation>
        </message>
        <message>
            <source>Make room and try again; what is there is kept.</source>
            <translation>请腾出空间后重试；已有的内容会保留。</translation>
        </message>
        <message>
            <source>Make room, or choose a smaller model.</source>
            <translation>请腾出空间，或选择较小的模型。</translation>
        </message>
        <message>
            <source>Make space and scan again: the work goes on where it stopped.</source>
            <translation>请腾出空间后重新扫描：将从停止处继续。</translation>
        </message>
        <message>
            <source>Needs more memory than one file may use.</source>
            <translation>所需内存超过单个文件的限制。</translation>
        </message>
        <message>
            <source>No Python was found that fits.</source>
            <translation>没有找到合适的 Python。</translation>
        </message>
        <message>
            <source>No embedding server answers any more.</source>
            <translation>向量服务器都已没有响应。</translation>
        </message>
        <message>
            <source>No embedding server can be used: {}</source>
            <translation>没有可用的向量服务器：{}</translation>
        </message>
        <message>
            <source>No folder was chosen</source>
            <translation>未选择文件夹</translation>
        </message>
        <message>
            <source>No longer there.</source>
            <translation>已不存在。</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>磁盘空间不足</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>文件或文件夹不存在</translation>
        </message>
        <message>
            <source>No text as far as it was read; there is more of it.</source>
            <translation>读到的部分没有文字；后面还有未读的内容。</translation>
        </message>
        <message>
            <source>No {} device can be used here.</source>
            <translation>这里没有可用的 {} 设备。</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>不是文件夹</translation>
        </message>
        <message>
            <source>Not a text file, although its name says so.</source>
            <translation>名称像文本文件，但其实不是。</translation>
        </message>
        <message>
            <source>Not an ordinary file (a folder, pipe, socket or device).</source>
            <translation>不是普通文件（而是文件夹、管道、套接字或设备）。</translation>
        </message>
        <message>
            <source>Nothing was mixed. Give the other model a name of its own behind the #, or start the first one again.</source>
            <translation>没有混入任何向量。请在 # 后面为另一个模型写一个自己的名称，或重新启动原来的模型。</translation>
        </message>
        <message>
            <source>Nothing was touched.</source>
            <translation>未作任何改动。</translation>
        </message>
        <message>
            <source>Nothing was touched. Move it away and try again: your documents are then read anew.</source>
            <translation>未作任何改动。请将它移走后重试：您的文档会重新读取。</translation>
        </message>
        <message>
            <source>Nothing was touched. Move it away, then try again.</source>
            <translation>未作任何改动。请将它移走后重试。</translation>
        </message>
        <message>
            <source>Open the window or scan once: it is finished then, and nothing is lost.</source>
            <translation>打开窗口或扫描一次，修复就会完成，没有任何内容丢失。</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>不允许此操作</translation>
        </message>
        <message>
            <source>Operation not supported</source>
            <translation>不支持此操作</translation>
        </message>
        <message>
            <source>Perhaps another window of Dedupe App is open, or a scan is running. Close it, then try again.</source>
            <translation>可能已打开另一个 Dedupe App 窗口，或正在运行扫描。请将其关闭后重试。</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <source>Protected by a password. Save a copy without it and scan again.</source>
            <translation>受密码保护。请另存一份不带密码的副本，再重新扫描。</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>文件系统为只读</translation>
        </message>
        <message>
            <source>Remove some of them.</source>
            <translation>请删除其中一些。</translation>
        </message>
        <message>
            <source>Remove the other name, or put a copy in the place of this one; nothing was touched.</source>
            <translation>请删除另一个名称，或用副本代替这一个；未作任何改动。</translation>
        </message>
        <message>
            <source>Run nvidia-smi to see why; a restart of the computer often helps.</source>
            <translation>运行 nvidia-smi 可查看原因；重新启动电脑往往有用。</translation>
        </message>
        <message>
            <source>Scan once to update it.</source>
            <translation>扫描一次即可更新。</translation>
        </message>
        <message>
            <source>Scanned pages in which no text was recognised.</source>
            <translation>扫描页面，未识别出文本。</translation>
        </message>
        <message>
            <source>Scanned pages without text. Install Tesseract (Debian: apt install tesseract-ocr) and scan again.</source>
            <translation>扫描页面，没有文本。请安装 Tesseract（Debian：apt install tesseract-ocr），再重新扫描。</translation>
        </message>
        <message>
            <source>See that its folder is there and that you may write in it, then try again.</source>
            <translation>请确认其文件夹存在且您有写入权限，然后重试。</translation>
        </message>
        <message>
            <source>Set it up anew. Torch says: {}</source>
            <translation>请重新设置。torch 的说明：{}</translation>
        </message>
        <message>
            <source>Something on the disk cannot be read or written.</source>
            <translation>磁盘上的某些内容无法读取或写入。</translation>
        </message>
        <message>
            <source>Something went wrong in the program itself.</source>
            <translation>程序本身出了问题。</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>文件句柄已失效</translation>
        </message>
        <message>
            <source>Start it again, then go on: nothing is done twice.</source>
            <translation>请重新启动服务器再继续：不会重复处理。</translation>
        </message>
        <message>
            <source>Start the program again to make a new one.</source>
            <translation>请重新启动程序以创建新的资料库。</translation>
        </message>
        <message>
            <source>Start the program from a terminal to see what they report.</source>
            <translation>请从终端启动程序，查看其报告的内容。</translation>
        </message>
        <message>
            <source>Take 256.</source>
            <translation>请用 256。</translation>
        </message>
        <message>
            <source>Take at least {}.</source>
            <translation>请至少用 {}。</translation>
        </message>
        <message>
            <source>The address of a server is not complete.</source>
            <translation>服务器地址不完整。</translation>
        </message>
        <message>
            <source>The chosen folder is not there</source>
            <translation>所选文件夹不存在</translation>
        </message>
        <message>
            <source>The chosen folder is protected</source>
            <translation>所选文件夹受保护</translation>
        </message>
        <message>
            <source>The damaged one is kept as {}. The documents are read again.</source>
            <translation>损坏的资料库已保存为 {}。将重新读取文档。</translation>
        </message>
        <message>
            <source>The details are in {}.</source>
            <translation>详情见 {}。</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>磁盘已满。</translation>
        </message>
        <message>
            <source>The download of {} is damaged: {}</source>
            <translation>{} 的下载已损坏：{}</translation>
        </message>
        <message>
            <source>The drive of {} is not there</source>
            <translation>{} 所在的驱动器不在</translation>
        </message>
        <message>
            <source>The driver of {} does not answer.</source>
            <translation>{} 的驱动程序没有响应。</translation>
        </message>
        <message>
            <source>The driver of {} is too old: {}.</source>
            <translation>{} 的驱动程序太旧：{}。</translation>
        </message>
        <message>
            <source>The engine does not start there; models run on the processor until the program is started again.</source>
            <translation>引擎在那里无法启动；在程序重新启动之前，模型在处理器上运行。</translation>
        </message>
        <message>
            <source>The engine ended before this was done.</source>
            <translation>引擎在完成之前结束了。</translation>
        </message>
        <message>
            <source>The environment needs {} GB of disk, and {} GB are free in {}.</source>
            <translation>该环境需要 {0} GB 磁盘空间；可用 {1} GB，位于 {2}。</translation>
        </message>
        <message>
            <source>The export was stopped.</source>
            <translation>导出已停止。</translation>
        </message>
        <message>
            <source>The first scan makes one.</source>
            <translation>第一次扫描时会创建。</translation>
        </message>
        <message>
            <source>The folder holds another model's tokeniser.</source>
            <translation>该文件夹中是另一个模型的分词器。</translation>
        </message>
        <message>
            <source>The folder {} does not hold all packages that are needed.</source>
            <translation>文件夹 {} 中没有所需的全部软件包。</translation>
        </message>
        <message>
            <source>The graphics card cannot compute.</source>
            <translation>显卡无法计算。</translation>
        </message>
        <message>
            <source>The graphics card computes wrongly.</source>
            <translation>显卡计算有误。</translation>
        </message>
        <message>
            <source>The graphics card does not answer to CUDA.</source>
            <translation>显卡对 CUDA 没有响应。</translation>
        </message>
        <message>
            <source>The graphics card is being set up already.</source>
            <translation>显卡正在设置中。</translation>
        </message>
        <message>
            <source>The graphics card is not used.</source>
            <translation>没有使用显卡。</translation>
        </message>
        <message>
            <source>The graphics card {} is too old.</source>
            <translation>显卡 {} 太旧。</translation>
        </message>
        <message>
            <source>The key for the server has characters that no key has.</source>
            <translation>服务器密钥中含有密钥不可能有的字符。</translation>
        </message>
        <message>
            <source>The library was damaged. What you decided was rescued into a new one.</source>
            <translation>资料库已损坏。您的决定已保存到新的资料库中。</translation>
        </message>
        <message>
            <source>The library {} cannot be read or written.</source>
            <translation>无法读取或写入资料库 {}。</translation>
        </message>
        <message>
            <source>The library {} cannot be read.</source>
            <translation>无法读取资料库 {}。</translation>
        </message>
        <message>
            <source>The library {} cannot be repaired: {}.</source>
            <translation>无法修复资料库 {}：{}。</translation>
        </message>
        <message>
            <source>The library {} cannot be used: {}.</source>
            <translation>无法使用资料库 {}：{}。</translation>
        </message>
        <message>
            <source>The library {} cannot be written.</source>
            <translation>无法写入资料库 {}。</translation>
        </message>
        <message>
            <source>The library {} cannot be written: {}.</source>
            <translation>无法写入资料库 {}：{}。</translation>
        </message>
        <message>
            <source>The library {} has a second name (a hard link).</source>
            <translation>资料库 {} 有第二个名称（硬链接）。</translation>
        </message>
        <message>
            <source>The library {} is damaged or not a library.</source>
            <translation>资料库 {} 已损坏，或不是资料库。</translation>
        </message>
        <message>
            <source>The library {} is in use by another program.</source>
            <translation>资料库 {} 正被其他程序使用。</translation>
        </message>
        <message>
            <source>The library {} was made by a newer version of Dedupe App.</source>
            <translation>资料库 {} 由新版 Dedupe App 创建。</translation>
        </message>
        <message>
            <source>The library {} was made by an older version of Dedupe App.</source>
            <translation>资料库 {} 由旧版 Dedupe App 创建。</translation>
        </message>
        <message>
            <source>The model computes wrong vectors on this machine.</source>
            <translation>模型在这台电脑上算出的向量有误。</translation>
        </message>
        <message>
            <source>The model does not fit into the memory of {}.</source>
            <translation>{} 的内存放不下此模型。</translation>
        </message>
        <message>
            <source>The model folder {} cannot be used: {}.</source>
            <translation>无法使用模型文件夹 {}：{}。</translation>
        </message>
        <message>
            <source>The model gives no vectors.</source>
            <translation>模型没有给出向量。</translation>
        </message>
        <message>
            <source>The model in {} cannot be loaded ({}).</source>
            <translation>无法加载 {} 中的模型（{}）。</translation>
        </message>
        <message>
            <source>The model needs about {} GB, and {} has {} GB free of {} GB.</source>
            <translation>模型约需 {0} GB，而 {1} 共有 {3} GB，可用 {2} GB。</translation>
        </message>
        <message>
            <source>The model needs {} GB of disk, and {} GB are free in {}.</source>
            <translation>模型需要 {0} GB 磁盘空间，而 {2} 中只有 {1} GB 可用。</translation>
        </message>
        <message>
            <source>The model {} is not downloaded.</source>
            <translation>尚未下载模型 {}。</translation>
        </message>
        <message>
            <source>The others are compared with this one.</source>
            <translation>其他文件都与它比较。</translation>
        </message>
        <message>
            <source>The packages for the graphics card could not be fetched.</source>
            <translation>无法获取显卡所需的软件包。</translation>
        </message>
        <message>
            <source>The processes that read files cannot be started.</source>
            <translation>无法启动读取文件的进程。</translation>
        </message>
        <message>
            <source>The program ended before this file's turn; it was not touched.</source>
            <translation>在轮到此文件之前程序已结束；它未被改动。</translation>
        </message>
        <message>
            <source>The program ended in the middle: another file is there now.</source>
            <translation>程序中途结束：那里现在是另一个文件。</translation>
        </message>
        <message>
            <source>The program ended in the middle: it is not where it was, and was not found again.</source>
            <translation>程序中途结束：它不在原处，也未再找到。</translation>
        </message>
        <message>
            <source>The program ended in the middle: look for it in the trash.</source>
            <translation>程序中途结束：请到回收站中查找它。</translation>
        </message>
        <message>
            <source>The program uv, which makes the environment, is not here.</source>
            <translation>这里没有用来创建环境的程序 uv。</translation>
        </message>
        <message>
            <source>The reader stopped unexpectedly on this file.</source>
            <translation>读取此文件时读取程序意外停止。</translation>
        </message>
        <message>
            <source>The report could not be written to {}.</source>
            <translation>无法将报告写入 {}。</translation>
        </message>
        <message>
            <source>The same file, byte for byte.</source>
            <translation>同一文件，字节完全相同。</translation>
        </message>
        <message>
            <source>The same in other words, as far as the model can tell.</source>
            <translation>据模型判断，意思相同，用词不同。</translation>
        </message>
        <message>
            <source>The same in other words, as far as the model can tell; there are no figures to check it by.</source>
            <translation>据模型判断，意思相同，用词不同；没有可供核对的数字。</translation>
        </message>
        <message>
            <source>The same in other words, as far as the model can tell; {} of {} figures agree.</source>
            <translation>据模型判断，意思相同，用词不同；{1} 个数字中有 {0} 个一致。</translation>
        </message>
        <message>
            <source>The same text, letter for letter; only format or layout differ.</source>
            <translation>文本逐字相同；只有格式或排版不同。</translation>
        </message>
        <message>
            <source>The same wording for another matter: {}.</source>
            <translation>措辞相同，但讲的是另一件事：{}。</translation>
        </message>
        <message>
            <source>The same words, some perhaps misread or mistyped; only signs, pictures, links or page headers differ.</source>
            <translation>词语相同，个别可能误识或误打；只有符号、图片、链接或页眉不同。</translation>
        </message>
        <message>
            <source>The system does not tell of changes here ({}). It is looked at every minute.</source>
            <translation>系统不会通知此处的改动（{}）。每分钟检查一次。</translation>
        </message>
        <message>
            <source>The tokeniser of the model folder {} cannot be read.</source>
            <translation>无法读取模型文件夹 {} 中的分词器。</translation>
        </message>
        <message>
            <source>The tokeniser of {} does not know {}.</source>
            <translation>{} 的分词器不认识 {}。</translation>
        </message>
        <message>
            <source>The torch of this program can use the card itself; nothing has to be set up.</source>
            <translation>此程序自带的 torch 可以直接使用显卡；无需设置。</translation>
        </message>
        <message>
            <source>The trial of the graphics card broke off.</source>
            <translation>显卡的试用中断了。</translation>
        </message>
        <message>
            <source>The weights in {} do not fit the model: {} parts are missing ({}, ...).</source>
            <translation>{} 中的权重与模型不符：缺少 {} 个部分（{} 等）。</translation>
        </message>
        <message>
            <source>There are more folders than the system is set up to watch, so it is looked at every minute. To have changes seen at once: sudo sysctl fs.inotify.max_user_{}</source>
            <translation>文件夹数量超过系统允许监视的上限，因此每分钟检查一次。要立即发现改动，请运行：sudo sysctl fs.inotify.max_user_{}</translation>
        </message>
        <message>
            <source>There are no letters or figures in it.</source>
            <translation>其中没有文字或数字。</translation>
        </message>
        <message>
            <source>There are too many damaged libraries beside {}.</source>
            <translation>{} 旁边损坏的资料库太多。</translation>
        </message>
        <message>
            <source>There are too many files of this name</source>
            <translation>同名文件太多</translation>
        </message>
        <message>
            <source>There is no NVIDIA graphics card here.</source>
            <translation>这里没有 NVIDIA 显卡。</translation>
        </message>
        <message>
            <source>There is no device named {}.</source>
            <translation>没有名为 {} 的设备。</translation>
        </message>
        <message>
            <source>There is no embedder named {}.</source>
            <translation>没有名为 {} 的比较方式。</translation>
        </message>
        <message>
            <source>There is no environment for the graphics card.</source>
            <translation>没有显卡所用的环境。</translation>
        </message>
        <message>
            <source>There is no library at {}.</source>
            <translation>{} 处没有资料库。</translation>
        </message>
        <message>
            <source>There is no model named {}.</source>
            <translation>没有名为 {} 的模型。</translation>
        </message>
        <message>
            <source>There is no template named {}.</source>
            <translation>没有名为 {} 的指令。</translation>
        </message>
        <message>
            <source>They are bitsandbytes and accelerate. Or switch four-bit weights off.</source>
            <translation>它们是 bitsandbytes 和 accelerate。也可以关闭 4 位权重。</translation>
        </message>
        <message>
            <source>They run different models. Servers that share the work must run the same one.</source>
            <translation>它们运行的是不同的模型。分担工作的服务器必须运行同一个模型。</translation>
        </message>
        <message>
            <source>This copy of the program was installed with pip.</source>
            <translation>此程序是用 pip 安装的。</translation>
        </message>
        <message>
            <source>This is another model than {}: {} wide, not {}.</source>
            <translation>这不是模型 {}：宽度为 {}，而不是 {}。</translation>
        </message>
        <message>
            <source>To keep: {}.</source>
            <translation>保留原因：{}。</translation>
        </message>
        <message>
            <source>Too many levels of symbolic links</source>
            <translation>符号链接层数太多</translation>
        </message>
        <message>
            <source>Too many links</source>
            <translation>链接太多</translation>
        </message>
        <message>
            <source>Too many open files</source>
            <translation>打开的文件太多</translation>
        </message>
        <message>
            <source>Took longer than {} s.</source>
            <translation>超过 {} 秒。</translation>
        </message>
        <message>
            <source>Torch says: {}</source>
            <translation>torch 的说明：{}</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>连接已断开</translation>
        </message>
        <message>
            <source>Unpacks to more than {}.</source>
            <translation>解压后超过 {}。</translation>
        </message>
        <message>
            <source>Update its driver, or restart the computer. Torch says: {}</source>
            <translation>请更新其驱动程序，或重新启动电脑。torch 的说明：{}</translation>
        </message>
        <message>
            <source>Update its driver. Until then a model runs on the processor.</source>
            <translation>请更新其驱动程序。在此之前，模型在处理器上运行。</translation>
        </message>
        <message>
            <source>Vectors of {} dimensions are not possible.</source>
            <translation>不支持 {} 维的向量。</translation>
        </message>
        <message>
            <source>Weights of 4 bits need a CUDA card.</source>
            <translation>4 位权重需要支持 CUDA 的显卡。</translation>
        </message>
        <message>
            <source>Weights of 4 bits need two more packages.</source>
            <translation>4 位权重还需要两个软件包。</translation>
        </message>
        <message>
            <source>What uv said is in {}.</source>
            <translation>uv 的输出在 {} 中。</translation>
        </message>
        <message>
            <source>What was done so far is kept. Try it once more.</source>
            <translation>已完成的内容会保留。请再试一次。</translation>
        </message>
        <message>
            <source>What was there is now {}</source>
            <translation>原来的文件现在是 {}</translation>
        </message>
        <message>
            <source>Windows of {} tokens are too short.</source>
            <translation>{} 个词元的窗口太短。</translation>
        </message>
        <message>
            <source>Write it in the settings as http://HOST:PORT#MODEL.</source>
            <translation>请在设置中写成 http://主机:端口#模型。</translation>
        </message>
        <message>
            <source>You do not have permission to read it.</source>
            <translation>您没有读取权限。</translation>
        </message>
        <message>
            <source>a date</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>数字</translation>
        </message>
        <message>
            <source>a time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>an amount</source>
            <translation>金额</translation>
        </message>
        <message>
            <source>an identifier</source>
            <translation>编号</translation>
        </message>
        <message>
            <source>best format</source>
            <translation>格式最佳</translation>
        </message>
        <message>
            <source>best format ({} before {})</source>
            <translation>格式最佳（{} 优先于 {}）</translation>
        </message>
        <message>
            <source>first by name</source>
            <translation>名称排在最前</translation>
        </message>
        <message>
            <source>holds the others</source>
            <translation>包含其他文件</translation>
        </message>
        <message>
            <source>in a protected folder</source>
            <translation>位于受保护的文件夹</translation>
        </message>
        <message>
            <source>it does not begin as a file of type .{} does</source>
            <translation>开头不像 .{} 类型的文件</translation>
        </message>
        <message>
            <source>it does not begin as a mail message does</source>
            <translation>开头不像邮件</translation>
        </message>
        <message>
            <source>it has a module of kind {}, which is not supported</source>
            <translation>它含有不支持的 {} 类模块</translation>
        </message>
        <message>
            <source>it has no pages</source>
            <translation>没有页面</translation>
        </message>
        <message>
            <source>it has no {}</source>
            <translation>没有 {}</translation>
        </message>
        <message>
            <source>it holds no chapters</source>
            <translation>没有章节</translation>
        </message>
        <message>
            <source>it is not a complete PDF file</source>
            <translation>不是完整的 PDF 文件</translation>
        </message>
        <message>
            <source>it is not one of the known Office formats, or its end is missing</source>
            <translation>不是已知的 Office 格式，或缺少结尾</translation>
        </message>
        <message>
            <source>its config.json does not describe a text model</source>
            <translation>其 config.json 描述的不是文本模型</translation>
        </message>
        <message>
            <source>its files are damaged ({})</source>
            <translation>其中的文件已损坏（{}）</translation>
        </message>
        <message>
            <source>its reader failed on it</source>
            <translation>读取程序出错</translation>
        </message>
        <message>
            <source>its text part is not complete</source>
            <translation>文本部分不完整</translation>
        </message>
        <message>
            <source>its way of pooling is not supported</source>
            <translation>不支持它的池化方式</translation>
        </message>
        <message>
            <source>its weights are those of a smaller model</source>
            <translation>其权重属于更小的模型</translation>
        </message>
        <message>
            <source>keep another file of a group</source>
            <translation>在组中保留另一个文件</translation>
        </message>
        <message>
            <source>keep {}</source>
            <translation>保留 {}</translation>
        </message>
        <message>
            <source>leave {} undecided</source>
            <translation>暂不决定 {}</translation>
        </message>
        <message>
            <source>longest text</source>
            <translation>文本最长</translation>
        </message>
        <message>
            <source>mark {} to remove</source>
            <translation>将 {} 标记为移除</translation>
        </message>
        <message>
            <source>newest</source>
            <translation>最新</translation>
        </message>
        <message>
            <source>no *.safetensors file</source>
            <translation>没有 *.safetensors 文件</translation>
        </message>
        <message>
            <source>no card</source>
            <translation>没有显卡</translation>
        </message>
        <message>
            <source>no words differ</source>
            <translation>没有不同的词</translation>
        </message>
        <message>
            <source>none of its pages can be read</source>
            <translation>所有页面都无法读取</translation>
        </message>
        <message>
            <source>one of its sheets is not complete</source>
            <translation>有一个工作表不完整</translation>
        </message>
        <message>
            <source>one of its slides is not complete</source>
            <translation>有一张幻灯片不完整</translation>
        </message>
        <message>
            <source>shortest path</source>
            <translation>路径最短</translation>
        </message>
        <message>
            <source>the file ends too early</source>
            <translation>文件不完整，过早结束</translation>
        </message>
        <message>
            <source>the only file</source>
            <translation>唯一的文件</translation>
        </message>
        <message>
            <source>the part {} cannot be read</source>
            <translation>{} 部分无法读取</translation>
        </message>
        <message>
            <source>the part {} cannot be unpacked</source>
            <translation>{} 部分无法解压</translation>
        </message>
        <message>
            <source>the part {} is missing</source>
            <translation>缺少 {} 部分</translation>
        </message>
        <message>
            <source>the {} file cannot be read</source>
            <translation>无法读取此 {} 文件</translation>
        </message>
        <message>
            <source>these are not duplicates: {}</source>
            <translation>这些不是重复文件：{}</translation>
        </message>
        <message>
            <source>weights are missing ({})</source>
            <translation>缺少权重（{}）</translation>
        </message>
        <message>
            <source>{} % of the shorter text stands in the longer one.</source>
            <translation>较短文本的 {} % 出现在较长文本中。</translation>
        </message>
        <message>
            <source>{} and {} give one text different vectors.</source>
            <translation>{} 与 {} 对同一段文字给出不同的向量。</translation>
        </message>
        <message>
            <source>{} bytes</source>
            <translation>{} 字节</translation>
        </message>
        <message>
            <source>{} cannot be read ({})</source>
            <translation>无法读取 {}（{}）</translation>
        </message>
        <message>
            <source>{} cannot be used as {}: {}</source>
            <translation>{} 不能用作 {}：{}</translation>
        </message>
        <message>
            <source>{} could not be downloaded from {} ({}).</source>
            <translation>无法从 {1} 下载 {0}（{2}）。</translation>
        </message>
        <message>
            <source>{} files</source>
            <translation>{} 个文件</translation>
        </message>
        <message>
            <source>{} is a database of another program.</source>
            <translation>{} 是其他程序的数据库。</translation>
        </message>
        <message>
            <source>{} is a folder, not a library.</source>
            <translation>{} 是文件夹，不是资料库。</translation>
        </message>
        <message>
            <source>{} is cut short or damaged</source>
            <translation>{} 不完整或已损坏</translation>
        </message>
        <message>
            <source>{} is damaged (its checksum differs).</source>
            <translation>{} 已损坏（校验和不符）。</translation>
        </message>
        <message>
            <source>{} is missing.</source>
            <translation>缺少 {}。</translation>
        </message>
        <message>
            <source>{} is not a library of Dedupe App.</source>
            <translation>{} 不是 Dedupe App 的资料库。</translation>
        </message>
        <message>
            <source>{} is one of the documents in the library.</source>
            <translation>{} 是资料库中的一个文档。</translation>
        </message>
        <message>
            <source>{} is there already, and it is no earlier report.</source>
            <translation>{} 已经存在，而且不是以前的报告。</translation>
        </message>
        <message>
            <source>{} packs its answers, which it was not asked for</source>
            <translation>{} 擅自压缩了应答</translation>
        </message>
        <message>
            <source>{} shows no sign of being a library.</source>
            <translation>{} 看起来不是资料库。</translation>
        </message>
        <message>
            <source>{}: it gives different texts the same vector</source>
            <translation>{}：不同的文本得到了相同的向量</translation>
        </message>
        <message>
            <source>{}: it holds no text to read.</source>
            <translation>{}：其中没有可读取的文本。</translation>
        </message>
        <message>
            <source>{}: its vectors are not finite</source>
            <translation>{}：返回的向量不是有限数值</translation>
        </message>
        <message>
            <source>{}: its vectors are of different lengths</source>
            <translation>{}：返回的向量长度不一</translation>
        </message>
        <message>
            <source>{}: no reader for it.</source>
            <translation>{}：无法读取。</translation>
        </message>
        <message>
            <source>{}: not reached ({})</source>
            <translation>{}：无法连接（{}）</translation>
        </message>
        <message>
            <source>{}; left out.</source>
            <translation>{}；已略过。</translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message numerus="yes">
            <source>%n word(s) missing here</source>
            <translation>
                <numerusform>此处缺少 %n 个词</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) only here</source>
            <translation>
                <numerusform>仅此处有 %n 个词</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) replaced</source>
            <translation>
                <numerusform>替换了 %n 个词</numerusform>
            </translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>{changes}, among them {kinds}</source>
            <translation>{changes}，其中有{kinds}</translation>
        </message>
        <message>
            <source>{} {}</source>
            <comment>two sentences, one after the other</comment>
            <translation>{}{}</translation>
        </message>
        <message>
            <source>{}.</source>
            <translation>{}。</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source> MB</source>
            <translation> MB</translation>
        </message>
        <message>
            <source> s</source>
            <translation> 秒</translation>
        </message>
        <message>
            <source>A file that takes longer is given up and listed.</source>
            <translation>超时的文件会被放弃并列出。</translation>
        </message>
        <message>
            <source>A model also finds translations and paraphrases; words are always compared.</source>
            <translation>模型还能找到译文和改写；词语总会比较。</translation>
        </message>
        <message>
            <source>A model in a folder</source>
            <translation>文件夹中的模型</translation>
        </message>
        <message>
            <source>A server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>As many as there are cores</source>
            <translation>与处理器核心数相同</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随桌面</translation>
        </message>
        <message>
            <source>By their words (built in)</source>
            <translation>按词语（内置）</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Compare documents</source>
            <translation>比较文档</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Defaults</source>
            <translation>恢复默认</translation>
        </message>
        <message>
            <source>Dimensions</source>
            <translation>维数</translation>
        </message>
        <message>
            <source>Four-bit weights</source>
            <translation>4 位权重</translation>
        </message>
        <message>
            <source>How many files are read at the same time.</source>
            <translation>同时读取的文件数量。</translation>
        </message>
        <message>
            <source>How many numbers a model keeps of each document; 256 are enough.</source>
            <translation>模型为每个文档保存多少个数字；256 个就够了。</translation>
        </message>
        <message>
            <source>Instruction</source>
            <translation>指令</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Larger files are not read, but listed.</source>
            <translation>更大的文件不读取，但会列出。</translation>
        </message>
        <message>
            <source>Largest file</source>
            <translation>最大文件</translation>
        </message>
        <message>
            <source>Leave out</source>
            <translation>排除</translation>
        </message>
        <message>
            <source>Lets a large model run on a small graphics card.</source>
            <translation>让大模型能在小显卡上运行。</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Light or dark.</source>
            <translation>浅色或深色。</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Of the window.</source>
            <translation>窗口使用的语言。</translation>
        </message>
        <message>
            <source>Processes</source>
            <translation>进程数</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>See changes at once, and look at start what changed.</source>
            <translation>立即发现改动，并在启动时检查有何改动。</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>The folder of a model</source>
            <translation>模型所在的文件夹</translation>
        </message>
        <message>
            <source>Time for a file</source>
            <translation>每个文件的时间</translation>
        </message>
        <message>
            <source>Watch the folders</source>
            <translation>监视文件夹</translation>
        </message>
        <message>
            <source>What a model is told to look for in a document.</source>
            <translation>告诉模型在文档中关注什么。</translation>
        </message>
        <message>
            <source>What suits the model</source>
            <translation>适合该模型的指令</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>窗口</translation>
        </message>
    </context>
    <context>
        <name>Shortcuts</name>
        <message>
            <source>Add a folder</source>
            <translation>添加文件夹</translation>
        </message>
        <message>
            <source>Close messages, clear the filter, show all groups</source>
            <translation>关闭消息，清除筛选，显示所有组</translation>
        </message>
        <message>
            <source>Close or open a group</source>
            <translation>折叠或展开组</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>筛选</translation>
        </message>
        <message>
            <source>Keep this file of its group</source>
            <translation>在组中保留此文件</translation>
        </message>
        <message>
            <source>Mark to remove; on a folder: remove from the list</source>
            <translation>标记为移除；在文件夹上：从列表移除</translation>
        </message>
        <message>
            <source>Mark: keep, remove, undecided</source>
            <translation>标记：保留、移除、未决定</translation>
        </message>
        <message>
            <source>Next, previous difference</source>
            <translation>下一处、上一处差异</translation>
        </message>
        <message>
            <source>Open the file</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <source>Reveal it in the file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>重新扫描</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>This list</source>
            <translation>本列表</translation>
        </message>
        <message>
            <source>Undo the last mark or choice</source>
            <translation>撤销上一次标记或选择</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsDialog</name>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
    </context>
    <context>
        <name>SourcesFields</name>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Fetch from elsewhere</source>
            <translation>从其他地方获取</translation>
        </message>
        <message>
            <source>Folder with all packages</source>
            <translation>含全部软件包的文件夹</translation>
        </message>
        <message>
            <source>Mirror for Python</source>
            <translation>Python 镜像</translation>
        </message>
        <message>
            <source>Mirror for torch</source>
            <translation>torch 镜像</translation>
        </message>
        <message>
            <source>Mirror of PyPI</source>
            <translation>PyPI 镜像</translation>
        </message>
    </context>
    <context>
        <name>SourcesPanel</name>
        <message>
            <source>All groups</source>
            <translation>所有组</translation>
        </message>
        <message>
            <source>Being scanned now</source>
            <translation>正在扫描</translation>
        </message>
        <message>
            <source>Compare in another way…</source>
            <translation>改用其他比较方式…</translation>
        </message>
        <message>
            <source>Compared by: {}. Change</source>
            <translation>比较方式：{}。点击更改</translation>
        </message>
        <message>
            <source>Contained</source>
            <translation>包含</translation>
        </message>
        <message>
            <source>Could not read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>Drop folders here</source>
            <translation>将文件夹拖到这里</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Groups in which all files have the same bytes</source>
            <translation>组内所有文件的字节都相同</translation>
        </message>
        <message>
            <source>Groups in which all files have the same text, but not the same bytes</source>
            <translation>组内所有文件的文本都相同，但字节不同</translation>
        </message>
        <message>
            <source>Groups with files that differ in some words; others in them may be identical</source>
            <translation>组内有文件在某些词语上不同；其中其他文件可能完全相同</translation>
        </message>
        <message>
            <source>Identical files</source>
            <translation>完全相同</translation>
        </message>
        <message>
            <source>Leave out…</source>
            <translation>排除…</translation>
        </message>
        <message>
            <source>Looked at every now and then</source>
            <translation>定期检查</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Not there now; its files stay listed</source>
            <translation>现在不在；其中的文件仍会列出</translation>
        </message>
        <message>
            <source>Not watched: scan to see what changed (F5)</source>
            <translation>未监视：重新扫描以查看改动 (F5)</translation>
        </message>
        <message>
            <source>Not watched: the engine is not running</source>
            <translation>未监视：引擎没有运行</translation>
        </message>
        <message>
            <source>Protect: never mark anything in it</source>
            <translation>保护：永不标记其中的文件</translation>
        </message>
        <message>
            <source>Protected: nothing in it is ever marked</source>
            <translation>受保护：其中的文件永远不会被标记</translation>
        </message>
        <message>
            <source>Remove from the list…</source>
            <translation>从列表中移除…</translation>
        </message>
        <message>
            <source>Reveal in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Revisions</source>
            <translation>修订版</translation>
        </message>
        <message>
            <source>Same meaning</source>
            <translation>含义相同</translation>
        </message>
        <message>
            <source>Same template</source>
            <translation>同一模板</translation>
        </message>
        <message>
            <source>Same text</source>
            <translation>文本相同</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>重新扫描</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Watch for changes</source>
            <translation>监视改动</translation>
        </message>
        <message>
            <source>Watched: changes are seen at once</source>
            <translation>已监视：改动会立即发现</translation>
        </message>
        <message>
            <source>not watched</source>
            <translation>未监视</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <source>protected</source>
            <translation>受保护</translation>
        </message>
        <message>
            <source>{name}, {count} files, {state}</source>
            <translation>{name}，{count} 个文件，{state}</translation>
        </message>
    </context>
    <context>
        <name>Stage</name>
        <message>
            <source>Checking files</source>
            <translation>正在检查文件</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>正在比较</translation>
        </message>
        <message>
            <source>Comparing meanings</source>
            <translation>正在比较含义</translation>
        </message>
        <message>
            <source>Downloading</source>
            <translation>正在下载</translation>
        </message>
        <message>
            <source>Drawing the map</source>
            <translation>正在绘制地图</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>正在计算向量</translation>
        </message>
        <message>
            <source>Finding neighbours</source>
            <translation>正在查找相近文档</translation>
        </message>
        <message>
            <source>Grouping</source>
            <translation>正在分组</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在加载模型</translation>
        </message>
        <message>
            <source>Looking for files</source>
            <translation>正在查找文件</translation>
        </message>
        <message>
            <source>Moving</source>
            <translation>正在移动</translation>
        </message>
        <message>
            <source>Naming topics</source>
            <translation>正在为主题命名</translation>
        </message>
        <message>
            <source>Placing on the map</source>
            <translation>正在放到地图上</translation>
        </message>
        <message>
            <source>Preparing search</source>
            <translation>正在准备搜索</translation>
        </message>
        <message>
            <source>Putting back</source>
            <translation>正在放回</translation>
        </message>
        <message>
            <source>Reading texts</source>
            <translation>正在读取文本</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>正在处理</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Add a folder that has documents in it.</source>
            <translation>请添加一个含有文档的文件夹。</translation>
        </message>
        <message>
            <source>Everything that could be read was compared.</source>
            <translation>所有可读取的内容都已比较。</translation>
        </message>
        <message>
            <source>Groups appear here as soon as they are found.</source>
            <translation>找到的分组会立即显示在这里。</translation>
        </message>
        <message>
            <source>No document is here twice</source>
            <translation>没有重复的文档</translation>
        </message>
        <message>
            <source>No documents yet</source>
            <translation>还没有文档</translation>
        </message>
        <message>
            <source>Nothing fits this filter</source>
            <translation>没有符合筛选条件的内容</translation>
        </message>
        <message>
            <source>Other words, or All groups on the left, show more.</source>
            <translation>换用其他词语，或选择左侧的“所有组”，可显示更多。</translation>
        </message>
        <message>
            <source>Your documents are being read</source>
            <translation>正在读取您的文档</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n 个文档</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) marked to remove</source>
            <translation>
                <numerusform>%n 个文件标记为移除</numerusform>
            </translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Move to trash…</source>
            <translation>移到回收站…</translation>
        </message>
        <message>
            <source>Nothing is marked to remove</source>
            <translation>没有标记要移除的文件</translation>
        </message>
        <message>
            <source>Nothing leaves this computer.</source>
            <translation>所有内容都留在这台电脑上。</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Shows first what would be moved, and why.</source>
            <translation>先显示将移走哪些文件及原因。</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Take back the last mark or choice (Ctrl+Z)</source>
            <translation>撤销上一次标记或选择 (Ctrl+Z)</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>撤销上一步</translation>
        </message>
        <message>
            <source>What was done is kept; the next scan goes on from there.</source>
            <translation>已完成的内容会保留；下次扫描从此处继续。</translation>
        </message>
        <message>
            <source>{stage} {done} of {total}</source>
            <translation>{stage} {done} / {total}</translation>
        </message>
        <message>
            <source>{} (paused)</source>
            <translation>{}（已暂停）</translation>
        </message>
        <message>
            <source>{} documents/s</source>
            <translation>每秒 {} 个文档</translation>
        </message>
        <message>
            <source>{} left</source>
            <translation>还需 {}</translation>
        </message>
        <message>
            <source>{} · up to date</source>
            <translation>{} · 已是最新</translation>
        </message>
        <message>
            <source>{}/s</source>
            <translation>{}/秒</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>+ Add folder</source>
            <translation>+ 添加文件夹</translation>
        </message>
        <message>
            <source>Add folder</source>
            <translation>添加文件夹</translation>
        </message>
        <message>
            <source>Ctrl+E</source>
            <translation>Ctrl+E</translation>
        </message>
        <message>
            <source>Ctrl+F</source>
            <translation>Ctrl+F</translation>
        </message>
        <message>
            <source>Ctrl+O</source>
            <translation>Ctrl+O</translation>
        </message>
        <message>
            <source>Ctrl+{}</source>
            <translation>Ctrl+{}</translation>
        </message>
        <message>
            <source>Everything…</source>
            <translation>全部…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>筛选</translation>
        </message>
        <message>
            <source>Filter names, folders, text…</source>
            <translation>筛选名称、文件夹和文本…</translation>
        </message>
        <message>
            <source>Group only duplicates that are at least this similar.</source>
            <translation>只将至少达到此相似度的重复文件归为一组。</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings (Ctrl+,)</source>
            <translation>设置 (Ctrl+,)</translation>
        </message>
        <message>
            <source>Similar at</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Similar at, percent</source>
            <translation>相似度，百分比</translation>
        </message>
        <message>
            <source>The selection…</source>
            <translation>所选内容…</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>What is shown…</source>
            <translation>当前显示的内容…</translation>
        </message>
    </context>
    <context>
        <name>Troubles</name>
        <message>
            <source>Close the window</source>
            <translation>关闭窗口</translation>
        </message>
        <message>
            <source>Nothing is lost; the work goes on where it was.</source>
            <translation>没有丢失任何内容；将从中断处继续。</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>重新启动</translation>
        </message>
        <message>
            <source>The engine stopped and is being started again.</source>
            <translation>引擎已停止，正在重新启动。</translation>
        </message>
        <message>
            <source>The engine stopped several times and was given up.</source>
            <translation>引擎多次停止，已放弃。</translation>
        </message>
        <message>
            <source>The library cannot be used</source>
            <translation>无法使用资料库</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
    </context>
    <context>
        <name>Unread</name>
        <message>
            <source>Damaged.</source>
            <translation>已损坏。</translation>
        </message>
        <message>
            <source>Give it more time</source>
            <translation>给更多时间</translation>
        </message>
        <message>
            <source>No longer there.</source>
            <translation>已不存在。</translation>
        </message>
        <message>
            <source>No reader for files of this kind.</source>
            <translation>无法读取此类文件。</translation>
        </message>
        <message>
            <source>No text in it (scanned).</source>
            <translation>没有文本（扫描件）。</translation>
        </message>
        <message>
            <source>No text in it.</source>
            <translation>没有文本。</translation>
        </message>
        <message>
            <source>Not permitted.</source>
            <translation>没有权限。</translation>
        </message>
        <message>
            <source>Protected by a password.</source>
            <translation>受密码保护。</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <source>Too large.</source>
            <translation>太大。</translation>
        </message>
        <message>
            <source>Took too long.</source>
            <translation>耗时太长。</translation>
        </message>
    </context>
    <context>
        <name>UnreadModel</name>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>What can be done</source>
            <translation>可采取的措施</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>原因</translation>
        </message>
        <message>
            <source>in {}</source>
            <translation>位于 {}</translation>
        </message>
    </context>
    <context>
        <name>UnreadTable</name>
        <message>
            <source>Files that could not be read</source>
            <translation>无法读取的文件</translation>
        </message>
    </context>
    <context>
        <name>UnreadView</name>
        <message numerus="yes">
            <source>%n file(s) could not be read</source>
            <translation>
                <numerusform>%n 个文件无法读取</numerusform>
            </translation>
        </message>
        <message>
            <source>Every file could be read</source>
            <translation>所有文件都能读取</translation>
        </message>
        <message>
            <source>Nothing was left out.</source>
            <translation>没有遗漏任何内容。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message numerus="yes">
            <source>Read %n again</source>
            <translation>
                <numerusform>重新读取 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <source>Read all again</source>
            <translation>全部重新读取</translation>
        </message>
        <message>
            <source>Reveal in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <source>Their texts were not compared. Everything else was.</source>
            <translation>这些文件的文本未作比较，其他都已比较。</translation>
        </message>
    </context>
    <context>
        <name>Views</name>
        <message>
            <source>Groups</source>
            <translation>分组</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>地图</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
    </context>
    <context>
        <name>_FolderRow</name>
        <message>
            <source>Choose folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Into: {}</source>
            <translation>移到：{}</translation>
        </message>
        <message>
            <source>Move files to</source>
            <translation>将文件移到</translation>
        </message>
        <message>
            <source>no folder yet</source>
            <translation>尚未选择文件夹</translation>
        </message>
    </context>
    <context>
        <name>_Veil</name>
        <message>
            <source>Drop to add</source>
            <translation>松开即可添加</translation>
        </message>
    </context>
</TS>