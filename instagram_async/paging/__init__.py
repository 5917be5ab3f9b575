"""Listings: where a walk stands, which request comes next, and the iterators over it."""

from instagram_async.paging.items import Items as Items
from instagram_async.paging.listing import Listing as Listing
from instagram_async.paging.page import ListReply as ListReply
from instagram_async.paging.page import Page as Page
from instagram_async.paging.page import Report as Report
from instagram_async.paging.page import Unreadable as Unreadable
from instagram_async.paging.pager import Pager as Pager
from instagram_async.paging.pager import WindowedPager as WindowedPager
from instagram_async.paging.pages import Pages as Pages
from instagram_async.paging.watch import Watch as Watch
from instagram_async.paging.watch import watch as watch
