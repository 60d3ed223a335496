"""Addresses of the console. Pages stand at the root, what scripts and forms use under /desk/."""

from django.urls import URLPattern, include
from django.urls import path as bare_path

from .approvals import views as approvals
from .assist import views as assist
from .community import figures as community_figures
from .community import views as community
from .conversations import views as conversations
from .conversations.files import all_files
from .customers import about, deletion
from .customers import merging as people
from .customers import views as customers
from .disputes import views as disputes
from .drafting import views as drafting
from .following import views as following
from .handling import views as handling
from .inbox import bulk, saved
from .inbox import views as inbox
from .invitation.views import invitation
from .junk import views as junk
from .knowledge.insight import views as insight
from .mentions import views as mentions
from .merging import views as merging
from .notifications import views as notifications
from .notifications.worker import push_worker
from .orders import acting
from .orders import views as orders
from .palette import palette
from .presence import views as presence
from .replies import views as replies
from .replies import waiting
from .request import View, agents_only
from .returns import page as return_page
from .returns import views as returns
from .returns import way as return_way
from .review import orders as review_orders
from .review import quality as review_quality
from .review import views as review
from .searching import views as searching
from .segments import views as segments
from .settings.glossary import views as glossary
from .sides import views as sides
from .today import views as today
from .transcript import views as transcript
from .welcome import views as welcome

_ONE = "desk/conversations/<int:conversation_id>/"


def path(route: str, view: View, name: str | None = None) -> URLPattern:
    """Lead to a view for agents."""
    return bare_path(route, agents_only(view), name=name)


urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("keys", inbox.keys, name="keys"),
    path("desk/glossary", glossary.look_up),
    path("filters", inbox.filters, name="filters"),
    bare_path("invitation/<str:token>", invitation, name="invitation"),
    bare_path("settings/", include("dragoman.front.desk.settings.urls")),
    bare_path("knowledge", include("dragoman.front.desk.knowledge.urls")),
    path("conversations/<int:conversation_id>", conversations.page, name="conversation"),
    path("messages/<int:message_id>", conversations.message, name="message"),
    path("welcome", welcome.welcome, name="welcome"),
    path("welcome/brand", welcome.brand),
    path("welcome/mailbox", welcome.mailbox),
    path("welcome/chat", welcome.chat),
    path("welcome/team", welcome.team),
    path("welcome/done", welcome.done),
    path("welcome/leave", welcome.leave),
    path("welcome/try", welcome.try_message),
    path("today", today.today, name="today"),
    path("desk/today", today.numbers),
    path("knowledge/insight", insight.insight, name="knowledge_insight"),
    path("customers", customers.customers, name="customers"),
    path("customers/<int:customer_id>", customers.customer, name="customer"),
    path("customers/<int:customer_id>/delete", deletion.delete, name="delete_customer"),
    path("customers/<int:customer_id>/merge", people.merge, name="merge_customer"),
    path("customers/<int:customer_id>/fields", about.fields, name="customer_fields"),
    path("customers/<int:customer_id>/preferences", about.preference, name="new_preference"),
    path("customers/<int:customer_id>/preferences/<slug:key>", about.preference, name="preference"),
    path("customers/<int:customer_id>/preferences/<slug:key>/withdraw", about.withdraw),
    path("customers/segments", segments.segments, name="segments"),
    path("customers/segments/new", segments.edit, name="new_segment"),
    path("customers/segments/<int:segment_id>", segments.segment, name="segment"),
    path("customers/segments/<int:segment_id>/change", segments.edit, name="change_segment"),
    path("customers/segments/<int:segment_id>/remove", segments.remove, name="remove_segment"),
    path("desk/segments/draft", segments.draft),
    path("desk/segments/<int:segment_id>/count", segments.count),
    path("desk/customers/<int:customer_id>/about", about.panel),
    path("desk/customers/<int:customer_id>/likely", people.likely),
    path("desk/customers/<int:customer_id>/merge", people.do_merge),
    path("desk/customers/<int:customer_id>/unmerge", people.do_unmerge),
    path("disputes", disputes.disputes, name="disputes"),
    path("disputes/<int:dispute_id>", disputes.dispute, name="dispute"),
    path("disputes/<int:dispute_id>/answer", disputes.answer),
    path("disputes/<int:dispute_id>/evidence.pdf", disputes.evidence),
    path("orders", orders.orders, name="orders"),
    path("orders/<int:order_id>", orders.order, name="order"),
    path("orders/<int:order_id>/border", orders.border, name="order_border"),
    path("orders/<int:order_id>/promise", orders.promise, name="order_promise"),
    path("returns-desk", returns.returns, name="returns_desk"),
    path("returns-desk/why", return_page.why),
    path("returns-desk/<int:return_id>", returns.step_or_page, name="return_page"),
    path("returns-desk/<int:return_id>/steps", return_page.act),
    path("returns-desk/<int:return_id>/slip", return_page.slip),
    path("returns-desk/<int:return_id>/print", return_way.printed),
    path("returns-desk/<int:return_id>/way", return_way.arrange),
    path("returns-desk/<int:return_id>/papers/<slug:paper>", return_way.paper),
    path("returns-desk/<int:return_id>/files/<int:file_id>", return_page.file),
    path("returns-desk/orders/<int:order_id>", returns.open_one),
    path("returns-desk/orders/<int:order_id>/section", returns.of_order),
    path("orders/<int:order_id>/act/<slug:kind>", acting.sheet, name="act"),
    path("orders/<int:order_id>/act/<slug:kind>/look", acting.look),
    path("orders/<int:order_id>/actions/<int:action_id>/undo", acting.take_back),
    path("desk/orders/<int:order_id>/actions", acting.panel),
    path("community-desk", community.queue, name="community_desk"),
    path("community-desk/questions", community.questions),
    path("community-desk/figures", community_figures.page),
    path("community-desk/q/<int:thread_id>", community.thread, name="community_desk_thread"),
    path("community-desk/q/<int:thread_id>/answer", community.answer),
    path("community-desk/q/<int:thread_id>/translate", community.translate),
    path("community-desk/q/<int:thread_id>/close", community.close),
    path("community-desk/q/<int:thread_id>/article", community.article),
    path("community-desk/p/<int:post_id>/<slug:verb>", community.act),
    path("community-desk/m/<int:member_id>", community.member, name="community_desk_member"),
    path("community-desk/m/<int:member_id>/suspend", community.suspend),
    path("community-desk/a/<int:appeal_id>", community.settle_appeal),
    path("approvals", approvals.approvals, name="approvals"),
    path("approvals/<int:approval_id>/<slug:verb>", approvals.decide, name="decide"),
    path("desk/customers/<int:customer_id>/orders", orders.of_customer),
    path("conversations/<int:conversation_id>/transcript.pdf", transcript.as_pdf, name="transcript_pdf"),
    path("conversations/<int:conversation_id>/transcript", transcript.transcript, name="transcript"),
    path("conversations/<int:conversation_id>/merge", merging.merge, name="merge"),
    path("conversations/<int:conversation_id>/unmerge", merging.unmerge),
    path("conversations/<int:conversation_id>/split", merging.split, name="split"),
    path("conversations/<int:conversation_id>/unsplit", merging.unsplit),
    path(_ONE + "merge", merging.do_merge),
    path(_ONE + "unmerge", merging.do_unmerge),
    path(_ONE + "split", merging.do_split),
    path(_ONE + "unsplit", merging.do_unsplit),
    path("review", review.queue, name="review"),
    path("review/message/<int:message_id>", review.of_message, name="review_of"),
    path("review/orders", review_orders.orders, name="review_orders"),
    path("review/orders/new", review_orders.new, name="new_order"),
    path("review/orders/<int:order_id>", review_orders.order, name="review_order"),
    path("review/orders/<int:order_id>/state", review_orders.state),
    path("review/orders/<int:order_id>/import", review_orders.take),
    path("review/orders/<int:order_id>/export", review_orders.export, name="export_order"),
    path("review/quality", review_quality.quality, name="review_quality"),
    path("review/<slug:kind>/<int:pk>", review.item, name="review_item"),
    path("desk/review/list", review.list_pane),
    path("desk/review/<slug:kind>/<int:pk>/check", review.check),
    path("desk/review/<slug:kind>/<int:pk>/accept", review.accept),
    path("desk/review/<slug:kind>/<int:pk>/reject", review.reject),
    path("desk/views", saved.save),
    path("desk/views/counts", saved.counts),
    path("desk/views/<int:view_id>", saved.change),
    path("desk/views/<int:view_id>/move", saved.move),
    path("desk/views/<int:view_id>/remove", saved.remove),
    path("desk/bulk", bulk.choose),
    path("desk/bulk/run", bulk.run),
    path("desk/bulk/<int:run_id>", bulk.progress),
    path("desk/bulk/<int:run_id>/stop", bulk.stop),
    path("desk/bulk/<int:run_id>/undo", bulk.undo),
    path("desk/suggest", searching.suggest),
    path("desk/searches/forget", searching.forget),
    path("desk/list", inbox.list_pane),
    path("desk/rows", inbox.more_rows),
    path("desk/theme", inbox.theme),
    path("desk/density", inbox.density),
    path("desk/palette", palette),
    path("desk/presence", presence.beat),
    path("notifications", notifications.notifications, name="notifications"),
    path("notifications/<int:notification_id>", notifications.open_one, name="notification"),
    path("desk/notifications/read", notifications.read),
    path("desk/bell", notifications.bell),
    path("desk/push/subscribe", notifications.push_subscribe),
    path("desk/push/unsubscribe", notifications.push_unsubscribe),
    path("desk/push/try", notifications.push_try),
    bare_path("push-worker.js", push_worker, name="push_worker"),
    path("desk/mentions", mentions.mentionable),
    path("desk/conversations/<int:conversation_id>", conversations.work),
    path(_ONE + "orders", orders.card),
    path(_ONE + "assist", assist.panel),
    path(_ONE + "suggestions/<int:suggestion_id>/reject", assist.turn_down),
    path(_ONE + "write-up", assist.write_it_up),
    path(_ONE + "bot", assist.to_the_bot),
    path(_ONE + "changes", conversations.changes),
    path(_ONE + "earlier", conversations.earlier),
    path(_ONE + "draft", drafting.draft),
    path(_ONE + "follow", following.follow),
    path(_ONE + "preview", replies.preview),
    path(_ONE + "send", replies.send),
    path(_ONE + "note", replies.note),
    path(_ONE + "phrases", replies.phrases),
    path(_ONE + "ask", sides.ask),
    path(_ONE + "files", replies.upload),
    path(_ONE + "status", handling.set_status),
    path(_ONE + "snooze", handling.snooze),
    path(_ONE + "assign", handling.assign),
    path(_ONE + "team", handling.set_team),
    path(_ONE + "market", handling.settle_market),
    path(_ONE + "junk", junk.judge),
    path(_ONE + "block", junk.block),
    path(_ONE + "priority", handling.set_priority),
    path(_ONE + "intent", handling.set_intent),
    path(_ONE + "mood", handling.set_mood),
    path(_ONE + "tags", handling.change_tags),
    path(_ONE + "language", handling.set_language),
    path(_ONE + "manner", handling.set_manner),
    path("desk/messages/<int:message_id>/retry", replies.retry),
    path("desk/messages/<int:message_id>/files.zip", all_files),
    path("desk/messages/<int:message_id>/withdraw", waiting.withdraw),
    path("desk/messages/<int:message_id>/now", waiting.send_now),
    path("desk/messages/<int:message_id>/plan", waiting.plan),
    path("desk/messages/<int:message_id>/source", conversations.source),
]
