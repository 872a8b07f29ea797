-- Findings without words in one language, or with unfilled braces.
select * from finding where message_zh = '' or message_en = '' or message_zh like '%{%' or message_en like '%{%'
