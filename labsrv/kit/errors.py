"""Errors that are said in a sentence; and the tree of all exceptions there are, with the files that have them.

For a person, in the notebook and in the terminal:

Exception
  SaidPlainly                labsrv/kit/errors.py
    BrowserError             labsrv/kit/browser/requests.py
    GradebookError           labsrv/grading/classroom/gradebook.py
    LostPhone                labsrv/kit/phone/phone.py                        a LookupError as well
    NoWorker                 labsrv/grading/classroom/worker_client.py
    NotSubmitted             labsrv/grading/classroom/handin/submitting.py
    PdpProblem               labsrv/policy/command.py
    PortTaken                labsrv/kit/http/server.py
    ProviderProblem          labsrv/provider/command.py
    Problem                  labsrv/grading/submission/loading.py             with a submission, and its line
    RelyingPartyProblem      labsrv/labs/oidc/alone.py
    SandboxMissing           labsrv/grading/classroom/run.py
    StoreUnavailable         labsrv/kit/store/server.py
    Undelivered              labsrv/kit/mail/mailboxes.py
    Unreachable              labsrv/kit/http/transport.py

For the code that calls, which makes a sentence or a row of it:

  BadAddress                 labsrv/kit/addresses/urls.py
  BadCookie                  labsrv/kit/cookies/parsing.py
  BadMoment                  labsrv/widgets/clock_control.py
  BadWish                    labsrv/widgets/browser/wishes.py
  BadlyNested                labsrv/kit/html/open_elements.py                 a page whose elements can't be counted
  Blocked                    labsrv/kit/fetch/cors.py                         by CORS, or on the way there
  Interrupted                labsrv/grading/checks/run.py                     by Ctrl-C
  Missing                    labsrv/grading/system/linux.py                   a layer of the sandbox
  NetworkError               labsrv/kit/fetch/network.py
  NotInOrder                 labsrv/relying_party/at_provider.py              what a provider answers
  OAuthError                 labsrv/provider/errors.py                        said to an application
  Refusal                    labsrv/provider/errors.py                        said to a person, on a page
  RefusedSubmission          labsrv/grading/classroom/handin/archives.py
  TooMuchMarkup              labsrv/kit/html/tree.py                          what a page has too much of
  ValueError                 built in: what somebody gave is not what it should be
    BadHeader                labsrv/kit/mail/head.py
    BadJson                  labsrv/kit/json_text.py
    BadKey                   labsrv/kit/tokens/keys.py
    BadModel                 labsrv/policy/relations/model.py
    BadOtpauth               labsrv/kit/addresses/otpauth.py
    BadPolicy                labsrv/policy/conditions/parsing.py
    BadQuestion              labsrv/kit/access/questions.py
    BadRelation              labsrv/policy/relations/tuples.py
    BadToken                 labsrv/kit/tokens/compact.py
    NotInCedar               labsrv/policy/cedar.py
    TooDeep                  labsrv/policy/relations/checking.py
    Unreadable               labsrv/policy/conditions/values.py               a value that a rule wanted

On a pipe between two processes:

  Broken                     labsrv/kit/pipe/frames.py                        the rules of the pipe
  Gone                       labsrv/kit/pipe/raised.py
  RemoteError                labsrv/kit/pipe/raised.py
  TooLarge                   labsrv/kit/pipe/raised.py

Besides these, an unknown name is a `LookupError`, an unknown decision or a wrong argument a `TypeError`: the command
says those in a sentence too.
"""


class SaidPlainly(Exception):
    """An error whose message says what is wrong and what to do: a notebook shows that, and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython prints in place of a traceback."""
        return [str(self)]
