"""Addresses of the settings."""

from django.urls import URLPattern
from django.urls import path as bare_path

from ..bot import flow as bot_flow
from ..bot import views as bot
from ..request import View, agents_only
from . import views
from .about import views as about
from .agents import views as agents
from .authority import views as authority
from .carriers import files as parcel_files
from .carriers import views as carriers
from .community import views as community
from .glossary import views as glossary
from .hours import views as hours
from .house import chat, invites, voice
from .house import help as help_centre
from .house import manners as house_manners
from .house import views as house
from .imports import orders as order_files
from .imports import views as imports
from .junk import views as junk
from .machines import accounts as engine_accounts
from .machines import log as departures
from .machines import views as machines
from .macros import views as macros
from .mailboxes import dns, keys, oauth, wizard
from .mailboxes import views as mailboxes
from .markets import research
from .markets import views as markets
from .masking import views as masking
from .memory import views as memory
from .notifications import views as notifications
from .parked import views as parked
from .payments import views as payments
from .personal import views as personal
from .phrasebook import files as phrase_files
from .phrasebook import views as phrasebook
from .returns import places as return_places
from .returns import views as returns
from .review import views as review
from .saved import views as saved
from .shipping import views as shipping
from .shops import views as shops
from .teams import views as teams
from .texts import acknowledgement
from .texts import files as text_files
from .texts import personal as own_texts
from .texts import views as texts
from .tokens import views as tokens


def path(route: str, view: View, name: str) -> URLPattern:
    """Lead to a view for agents."""
    return bare_path(route, agents_only(view), name=f"settings_{name}")


urlpatterns = [
    path("", views.index, "index"),
    path("profile", personal.profile, "profile"),
    path("seats/<int:seat_id>", personal.take_seat, "take_seat"),
    path("signatures", own_texts.my_signatures, "signatures"),
    path("notifications", notifications.notifications, "notifications"),
    path("notifications/try", notifications.try_mail, "try_mail"),
    path("security", personal.security, "security"),
    path("security/sessions/others", personal.end_others, "end_other_sessions"),
    path("security/sessions/<int:session_id>", personal.end_session, "end_session"),
    path("agents", agents.agents, "agents"),
    path("agents/invite", agents.invite_person, "invite"),
    path("agents/invitations/<int:invitation_id>/resend", agents.resend, "resend"),
    path("agents/invitations/<int:invitation_id>/withdraw", agents.withdraw, "withdraw"),
    path("agents/<int:agent_id>", agents.agent, "agent"),
    path("agents/<int:agent_id>/deactivate", agents.deactivate, "deactivate"),
    path("agents/<int:agent_id>/reactivate", agents.reactivate, "reactivate"),
    path("authority", authority.authority, "authority"),
    path("authority/new", authority.limit, "new_limit"),
    path("authority/times", authority.times, "authority_times"),
    path("authority/stand-in", authority.stand_in, "stand_in"),
    path("authority/<int:limit_id>", authority.limit, "limit"),
    path("authority/<int:limit_id>/remove", authority.remove, "remove_limit"),
    path("community", community.community, "community"),
    path("community/<int:brand_id>", community.keep, "keep_community"),
    path("community/<int:brand_id>/spaces/new", community.space, "new_space"),
    path("community/<int:brand_id>/spaces/<int:space_id>", community.space, "space"),
    path("community/spaces/<int:space_id>/remove", community.remove, "remove_space"),
    path("bot", bot.bot, "bot"),
    path("bot/rules", bot.rule, "bot_rule"),
    path("bot/flows/new", bot_flow.new, "new_bot_flow"),
    path("bot/flows/<slug:key>", bot_flow.flow, "bot_flow"),
    path("bot/flows/<slug:key>/switch", bot.switch, "bot_switch"),
    path("bot/flows/<slug:key>/restore", bot_flow.restore, "bot_restore"),
    path("macros", macros.macros, "macros"),
    path("macros/new", macros.macro, "new_macro"),
    path("macros/<int:macro_id>", macros.macro, "macro"),
    path("macros/<int:macro_id>/remove", macros.remove, "remove_macro"),
    path("texts", texts.texts, "texts"),
    path("texts/new", texts.new, "texts_new"),
    path("texts/import", text_files.bring_in, "texts_import"),
    path("texts/texts.<str:form>", text_files.take_out, "texts_export"),
    path("texts/<str:ref>", texts.text, "text"),
    path("texts/<str:ref>/right", texts.still_right, "text_right"),
    path("texts/<str:ref>/remove", texts.remove, "text_remove"),
    path("texts/<str:ref>/source", texts.source, "text_source"),
    path("glossary", glossary.glossary, "glossary"),
    path("glossary/new", glossary.entry, "new_entry"),
    path("glossary/accept", glossary.accept, "accept_entry"),
    path("glossary/import", glossary.bring_in, "glossary_import"),
    path("glossary/glossary.<str:form>", glossary.take_out, "glossary_export"),
    path("glossary/<int:entry_id>", glossary.entry, "entry"),
    path("glossary/<int:entry_id>/approve", glossary.approve, "approve_entry"),
    path("glossary/<int:entry_id>/remove", glossary.remove, "remove_entry"),
    path("memory", memory.memory, "memory"),
    path("memory/new", memory.unit, "new_unit"),
    path("memory/import", memory.bring_in, "memory_import"),
    path("memory/memory.<str:form>", memory.take_out, "memory_export"),
    path("memory/<int:unit_id>", memory.unit, "unit"),
    path("memory/<int:unit_id>/forget", memory.forget, "forget_unit"),
    path("views", saved.saved, "views"),
    path("views/<int:view_id>", saved.view, "view"),
    path("views/<int:view_id>/remove", saved.remove, "remove_view"),
    path("teams", teams.teams, "teams"),
    path("teams/new", teams.team, "new_team"),
    path("teams/<int:team_id>", teams.team, "team"),
    path("teams/<int:team_id>/remove", teams.remove, "remove_team"),
    path("mailboxes", mailboxes.mailboxes, "mailboxes"),
    path("mailboxes/new", mailboxes.new, "new_mailbox"),
    path("mailboxes/connect", wizard.begin, "connect_mailbox"),
    path("mailboxes/connect/password", wizard.with_password, "mailbox_password"),
    path("mailboxes/connect/forwarding", wizard.by_forwarding, "mailbox_forwarding"),
    path("mailboxes/vendors/<slug:vendor>", oauth.app, "vendor_app"),
    path("mailboxes/oauth/leave", oauth.leave, "oauth_leave"),
    path("mailboxes/oauth/back", oauth.back, "oauth_back"),
    path("mailboxes/<int:mailbox_id>/dns", dns.records, "mailbox_dns"),
    path("mailboxes/<int:mailbox_id>/dns/key", dns.new_key, "mailbox_dkim"),
    path("mailboxes/<int:mailbox_id>/keys", keys.keys, "mailbox_keys"),
    path("mailboxes/<int:mailbox_id>/keys/forget", keys.forget, "mailbox_forget_key"),
    path("mailboxes/<int:mailbox_id>", mailboxes.mailbox, "mailbox"),
    path("mailboxes/<int:mailbox_id>/test", mailboxes.try_it, "test_mailbox"),
    path("mailboxes/<int:mailbox_id>/switch", mailboxes.switch, "switch_mailbox"),
    path("payments", payments.payments, "payments"),
    path("payments/new/<slug:vendor>", payments.new, "new_payment_account"),
    path("payments/<int:account_id>", payments.payment_account, "payment_account"),
    path("payments/<int:account_id>/test", payments.test, "test_payment_account"),
    path("payments/<int:account_id>/switch", payments.switch, "switch_payment_account"),
    path("payments/<int:account_id>/address", payments.new_address, "payment_address"),
    path("payments/<int:account_id>/remove", payments.remove, "remove_payment_account"),
    path("shops", shops.shops, "shops"),
    path("shops/new/<slug:kind>", shops.new, "new_shop"),
    path("shops/<int:shop_id>", shops.shop, "shop"),
    path("shops/<int:shop_id>/test", shops.test, "test_shop"),
    path("shops/<int:shop_id>/read", shops.read_again, "read_shop"),
    path("shops/<int:shop_id>/switch", shops.switch, "switch_shop"),
    path("shops/<int:shop_id>/address", shops.new_address, "shop_address"),
    path("shops/<int:shop_id>/remove", shops.remove, "remove_shop"),
    path("carriers", carriers.carriers, "carriers"),
    path("carriers/file", parcel_files.by_file, "parcel_file"),
    path("carriers/new/<slug:vendor>", carriers.new, "new_carrier"),
    path("carriers/<int:account_id>", carriers.carrier, "carrier"),
    path("carriers/<int:account_id>/test", carriers.test, "test_carrier"),
    path("carriers/<int:account_id>/switch", carriers.switch, "switch_carrier"),
    path("carriers/<int:account_id>/address", carriers.new_address, "carrier_address"),
    path("carriers/<int:account_id>/remove", carriers.remove, "remove_carrier"),
    path("import", imports.imports, "imports"),
    path("import/begin", imports.begin, "begin_import"),
    path("import/orders", order_files.upload, "order_files"),
    path("import/orders/<int:import_id>", order_files.look, "order_file"),
    path("import/orders/<int:import_id>/faults.csv", order_files.faults, "order_file_faults"),
    path("import/<int:import_id>/piece", imports.piece, "import_piece"),
    path("workspace", house.workspace, "workspace"),
    path("brands", house.brands, "brands"),
    path("brands/new", house.new_brand, "new_brand"),
    path("brands/<int:brand_id>", house.brand, "brand"),
    path("brands/<int:brand_id>/signatures", texts.signatures, "brand_signatures"),
    path(
        "brands/<int:brand_id>/acknowledgement",
        acknowledgement.brand_acknowledgement,
        "brand_acknowledgement",
    ),
    path("brands/<int:brand_id>/tone", voice.voice, "brand_voice"),
    path("brands/<int:brand_id>/manners", house_manners.manners, "brand_manners"),
    path("brands/<int:brand_id>/chat", chat.chat, "brand_chat"),
    path("brands/<int:brand_id>/help", help_centre.help_centre, "brand_help"),
    path("brands/<int:brand_id>/chat/greetings", invites.invites, "brand_invites"),
    path("brands/<int:brand_id>/try", house.try_chat, "try_chat"),
    path("brands/<int:brand_id>/secret", house.show_secret, "show_secret"),
    path("brands/<int:brand_id>/secret/new", house.renew_secret, "renew_secret"),
    path("fields", about.fields, "fields"),
    path("fields/new", about.field, "new_field"),
    path("fields/import", about.bring_in, "fields_import"),
    path("fields/of/<slug:key>", about.field, "field"),
    path("fields/of/<slug:key>/remove", about.remove_one, "remove_field"),
    path("preferences", about.preferences, "preferences"),
    path("preferences/<slug:key>/switch", about.switch, "switch_preference"),
    path("preferences/<slug:key>", about.empty, "empty_preference"),
    path("markets", markets.markets, "markets"),
    path("markets/coverage", markets.coverage, "market_coverage"),
    path("markets/<str:country>", markets.market, "market"),
    path("markets/<str:country>/research", research.research, "market_research"),
    path("markets/<str:country>/research.csv", research.table, "market_research_table"),
    path("markets/<str:country>/choose", markets.choose, "choose_market"),
    path("markets/<str:country>/leave", markets.leave, "leave_market"),
    path("markets/<str:country>/notes", markets.note, "market_note"),
    path("markets/<str:country>/notes/<int:note_id>/remove", markets.forget_note, "forget_market_note"),
    path("markets/<str:country>/<str:kind>/<str:sort>", markets.fact, "market_fact"),
    path("markets/<str:country>/<str:kind>/<str:sort>/take-back", markets.undo, "market_take_back"),
    path("returns", returns.returns, "returns"),
    path("returns/<int:brand_id>/new", returns.policy, "new_return_policy"),
    path("returns/<int:brand_id>/<int:policy_id>", returns.policy, "return_policy"),
    path("returns/<int:brand_id>/portal", returns.portal, "return_portal"),
    path("returns/<int:policy_id>/remove", returns.remove, "remove_return_policy"),
    path("returns/<int:brand_id>/places/new", return_places.place, "new_return_place"),
    path("returns/<int:brand_id>/places/<int:place_id>", return_places.place, "return_place"),
    path("returns/places/<int:place_id>/remove", return_places.remove, "remove_return_place"),
    path("hours", hours.hours, "hours"),
    path("hours/new", hours.editor, "new_hours"),
    path("hours/saying", hours.saying, "hours_saying"),
    path("hours/<int:hours_id>", hours.editor, "edit_hours"),
    path("hours/<int:hours_id>/remove", hours.remove, "remove_hours"),
    path("hours/feeds", hours.new_feed, "new_feed"),
    path("hours/feeds/<int:feed_id>/again", hours.fetch_again, "fetch_feed"),
    path("hours/feeds/<int:feed_id>/remove", hours.drop_feed, "drop_feed"),
    path("shipping", shipping.shipping, "shipping"),
    path("shipping/<slug:table>.csv", shipping.take_out, "shipping_table"),
    path("masking", masking.masking, "masking"),
    path("masking/brands/<int:brand_id>", masking.brand_masking, "brand_masking"),
    path("tokens", tokens.tokens, "tokens"),
    path("tokens/<int:token_id>/revoke", tokens.revoke, "revoke_token"),
    path("phrasebook", phrasebook.book, "phrasebook"),
    path("phrasebook/new", phrasebook.new, "new_phrase"),
    path("phrasebook/file", phrase_files.take_out, "phrases_out"),
    path("phrasebook/take-in", phrase_files.bring_in, "phrases_in"),
    path("phrasebook/phrases/<slug:key>", phrasebook.phrase, "phrase"),
    path("phrasebook/phrases/<slug:key>/reset", phrasebook.reset, "reset_phrase"),
    path("phrasebook/phrases/<slug:key>/remove", phrasebook.remove, "remove_phrase"),
    path("translation", machines.translation, "translation"),
    path("translation/rules", machines.rules, "translation_rules"),
    path("translation/order", machines.order, "translation_order"),
    path("translation/log", departures.log, "translation_log"),
    path("translation/log.csv", departures.table, "translation_log_csv"),
    path("translation/new/<slug:vendor>", engine_accounts.new, "new_engine"),
    path("translation/engines/<int:account_id>", engine_accounts.engine, "engine"),
    path("translation/engines/<int:account_id>/test", engine_accounts.test, "test_engine"),
    path("translation/engines/<int:account_id>/switch", engine_accounts.switch, "switch_engine"),
    path("translation/engines/<int:account_id>/remove", engine_accounts.remove, "remove_engine"),
    path("review", review.review, "review"),
    path("review/reviewers", review.reviewers, "reviewers"),
    path("review/try", review.try_it, "review_try"),
    path("review/rules/new", review.rule, "new_review_rule"),
    path("review/rules/saying", review.saying, "review_rule_saying"),
    path("review/rules/<int:rule_id>", review.rule, "review_rule"),
    path("review/rules/<int:rule_id>/move", review.move, "move_review_rule"),
    path("review/rules/<int:rule_id>/remove", review.remove, "remove_review_rule"),
    path("junk", junk.junk, "junk"),
    path("junk/block", junk.block, "block"),
    path("junk/try", junk.try_it, "junk_try"),
    path("junk/reset", junk.reset, "junk_reset"),
    path("junk/rules/<int:rule_id>/remove", junk.unblock, "unblock"),
    path("parked", parked.parked, "parked"),
    path("parked/all", parked.replay_all, "replay_all"),
    path("parked/<int:job_id>", parked.replay_one, "replay"),
    path("envelopes/<int:envelope_id>", parked.envelope, "envelope"),
    path("envelopes/<int:envelope_id>/open", parked.open_envelope, "open_envelope"),
    path("envelopes/<int:envelope_id>/replay", parked.replay_envelope, "replay_envelope"),
]
