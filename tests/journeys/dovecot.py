"""A real mail server for tests: Dovecot on loopback, in a temporary folder, ended by its own process id."""

import getpass
import grp
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

PASSWORD = "only-for-tests"
PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 0
mail_location = maildir:{folder}/mail/%u
mail_home = {folder}/home/%u
auth_username_format = %Lu
{tokens}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@havu.example
}}
"""

TOKENS = """
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/tokens.conf
}}
"""
# where an access token is asked about, and which answer's word names the user
ASKED = """
introspection_mode = auth
introspection_url = {server}/introspect
username_attribute = email
active_attribute = active
active_value = true
"""


def is_installed() -> bool:
    """Say whether Dovecot with its LMTP part is on this machine."""
    return Path(PROGRAM).exists() and any(
        Path(folder, "lmtp").exists() for folder in ("/usr/lib/dovecot", "/usr/libexec/dovecot")
    )


@dataclass
class Dovecot:
    """A running server: any user logs in with PASSWORD, mail is delivered by LMTP."""

    folder: Path
    imap: int
    lmtp: int
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, *, authorization: str = "") -> "Dovecot":
        """Start and wait until both ports answer; AssertionError with the log where they do not.

        With the origin of an authorization server, users also log in with its tokens (XOAUTH2 and OAUTHBEARER).
        """
        # A short path of its own: sockets have a limit of 107 letters, and Dovecot refuses to log in as root.
        folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        user = "nobody" if os.geteuid() == 0 else getpass.getuser()
        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        imap, lmtp = free_port(), free_port()
        folder.chmod(0o755)
        for each in ("run", "state", "mail", "home"):
            (folder / each).mkdir()
            if os.geteuid() == 0:
                shutil.chown(folder / each, user, group)
        config = folder / "dovecot.conf"
        facts = {"folder": folder, "user": user, "group": group, "imap": imap, "lmtp": lmtp}
        (folder / "tokens.conf").write_text(ASKED.format(server=authorization))
        tokens = TOKENS.format(folder=folder) if authorization else ""
        config.write_text(CONFIG.format(password=PASSWORD, tokens=tokens, **facts))
        with (folder / "stderr").open("wb") as words_to:
            process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stderr=words_to)
        found = cls(folder, imap, lmtp, process)
        if not (found._answers(imap) and found._answers(lmtp)):
            log = folder / "dovecot.log"
            words = log.read_text() if log.exists() else ""
            said = (folder / "stderr").read_text()
            found.stop()
            raise AssertionError(f"Dovecot did not start: {said} {words}")
        return found

    def stop(self) -> None:
        """End the server and what it started."""
        self.process.terminate()
        self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, user: str, *mails: bytes) -> None:
        """Put mails into a user's INBOX by LMTP."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as server:
            for mail in mails:
                server.sendmail("sender@example.org", [user], mail)

    def secrets(self, user: str) -> dict[str, str]:
        """Return what `fetch` needs for this user."""
        return {
            "imap_host": "127.0.0.1",
            "imap_port": str(self.imap),
            "imap_security": "none",
            "imap_user": user,
            "imap_password": PASSWORD,
        }

    def _answers(self, port: int) -> bool:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1) as found:
                    return bool(found.recv(10))
            except OSError:
                time.sleep(0.05)
        return False
