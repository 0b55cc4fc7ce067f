[started] ${site}
