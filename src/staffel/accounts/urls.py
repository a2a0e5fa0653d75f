from django.conf import settings
from django.urls import path, re_path

from staffel.accounts.views import audit, examples, feedback, jobs, letters, outbox, own, people, proofs, sign_in, texts

app_name = "accounts"
urlpatterns = [
    path("anmelden/", sign_in.sign_in, name="sign_in"),
    path("anmelden/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("anmelden/code/neu/", sign_in.resend_code, name="resend_code"),
    path("anmelden/zweiter-nachweis/", sign_in.second_proof, name="second_proof"),
    path("anmelden/passkey/", sign_in.passkey, name="passkey"),
    path("anmelden/mit/<slug:provider_id>/", sign_in.provider_start, name="provider_start"),
    path("anmelden/mit/<slug:provider_id>/zurueck/", sign_in.provider_back, name="provider_back"),
    path("abmelden/", sign_in.sign_out, name="sign_out"),
    path("konto/", own.account, name="account"),
    path("konto/anmeldungen/", own.sign_ins, name="sign_ins"),
    path("konto/anmeldungen/beenden/", own.end_all, name="end_all_sign_ins"),
    path("konto/anmeldungen/<slug:public_id>/beenden/", own.end_one, name="end_sign_in"),
    path("konto/anmeldung/", proofs.index, name="proofs"),
    path("konto/anmeldung/bestaetigen/", proofs.confirm, name="confirm"),
    path("konto/anmeldung/passkey/", proofs.add_passkey, name="add_passkey"),
    path("konto/anmeldung/app/", proofs.add_app, name="add_app"),
    path("konto/anmeldung/<int:pk>/entfernen/", proofs.remove, name="remove_proof"),
    path("konto/anmeldung/ersatzcodes/", proofs.codes, name="codes"),
    path("konto/anmeldung/ersatzcodes/neu/", proofs.renew_codes, name="renew_codes"),
    path("rolle/", own.role, name="role"),
    path("buero/menschen/", people.people, name="people"),
    path("buero/menschen/einladen/", people.invite, name="invite"),
    path("buero/menschen/<slug:public_id>/<slug:role>/entziehen/", people.remove_role, name="remove_role"),
    path("buero/briefe/", letters.letter_list, name="letter_list"),
    path("buero/briefe/arten/", letters.letter_kinds, name="letter_kinds"),
    path("buero/briefe/<slug:public_id>/", letters.letter, name="letter"),
    path("buero/briefe/<slug:public_id>/ansicht/", letters.letter_frame, name="letter_frame"),
    path("buero/briefe/<slug:public_id>/erneut/", letters.letter_again, name="letter_again"),
    path("buero/auftraege/", jobs.job_list, name="job_list"),
    path("buero/auftraege/<int:number>/erneut/", jobs.job_again, name="job_again"),
    path("buero/protokoll/", audit.log, name="audit"),
    re_path(r"^buero/protokoll/export\.(?P<ending>csv|xlsx|json)$", audit.export, name="audit_export"),
    path("buero/protokoll/pruefen/", audit.check, name="audit_check"),
    path("buero/texte/", texts.texts, name="texts"),
    path("buero/texte/<slug:key>/", texts.text, name="text"),
    path("buero/texte/<slug:key>/vorschau/", texts.text_preview, name="text_preview"),
    path("buero/texte/<slug:key>/speichern/", texts.text_change, name="text_change"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/danke/", feedback.feedback_thanks, name="feedback_thanks"),
    path("buero/rueckmeldungen/", feedback.feedback_office, name="feedback_office"),
    path("buero/rueckmeldungen/<slug:public_id>/erledigt/", feedback.feedback_close, name="feedback_close"),
]

if settings.DEMO:
    urlpatterns += [
        path("anmelden-als/", examples.examples, name="examples"),
        path("anmelden-als/<slug:key>/", examples.sign_in_as, name="sign_in_as"),
        path("postausgang/", outbox.outbox, name="outbox"),
        path("postausgang/<slug:public_id>/", outbox.outbox_letter, name="outbox_letter"),
        path("postausgang/<slug:public_id>/ansicht/", outbox.outbox_frame, name="outbox_frame"),
    ]

# Names that allauth itself asks for on the way; the addresses and the views are those above.
ALLAUTH = [
    path("anmelden/", sign_in.sign_in, name="account_login"),
    path("anmelden/code/", sign_in.sign_in_code, name="account_confirm_login_code"),
    path("anmelden/zweiter-nachweis/", sign_in.second_proof, name="mfa_authenticate"),
    path("anmelden/mit/<slug:provider_id>/zurueck/", sign_in.provider_back, name="openid_connect_callback"),
]
