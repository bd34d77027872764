"""What is handed over: the published data folder as tables, workbooks, reports, pictures and exchange files.

Stands on the data folder alone, as the site does: whatever is made here, anyone can make from what is public.
:func:`thuis.handover.write.write_beside` makes it.
"""
