"""Looks for a way out by every kind of socket."""

from tests.grading.hostile.rows import harms

ROWS = {
    "TCP to a listener on loopback": harms(
        """
        import socket
        def harm():
            with socket.create_connection(("127.0.0.1", @PORT@), timeout=0.5) as line: line.send(b"hello")
            print("LEAK reached the listener")
        """,
        "one connection",
    ),
    "TCP over IPv6": harms(
        """
        import socket
        def harm():
            with socket.create_connection(("::1", @PORT@), timeout=0.5) as line: line.send(b"hello")
            print("LEAK reached the listener")
        """,
        "one connection",
    ),
    "UDP": harms(
        """
        import socket
        def harm():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line: line.sendto(b"hello", ("127.0.0.1", @UDP@))
            print("LEAK sent a datagram")
        """,
        "one datagram",
    ),
    "a socket in the file system": harms(
        """
        import socket
        def harm():
            with socket.socket(socket.AF_UNIX) as line: line.connect("@DROP@/listener")
            print("LEAK reached the listener")
        """,
        "one connection",
    ),
    "a socket with an abstract name": harms(
        """
        import socket
        def harm():
            with socket.socket(socket.AF_UNIX) as line: line.connect("\\0authlab-hostile-listener-@PORT@")
            print("LEAK reached the listener")
        """,
        "one connection",
    ),
    "the shop's own server": harms(
        """
        import flask, socket
        def harm():
            host, _, port = flask.request.host.partition(":")
            with socket.create_connection(("127.0.0.1", int(port)), timeout=0.5) as line:
                line.send(b"GET / HTTP/1.1\\r\\nHost: " + flask.request.host.encode() + b"\\r\\n\\r\\n")
            print("LEAK reached the grader's server")
        """,
        "one request",
    ),
    "names asked for": harms(
        """
        import socket
        def harm():
            socket.setdefaulttimeout(0.3)
            socket.create_connection(("127.0.0.53", 53), 0.3)
            print("LEAK a name server")
        """,
        "one connection",
    ),
    "a listener of its own": harms(
        """
        import socket
        def harm():
            server = socket.socket()
            server.bind(("127.0.0.1", 0))
            server.listen()
            print("LEAK listens on", server.getsockname())
        """,
        "one listener",
    ),
    "packets, raw": harms(
        """
        import socket
        def harm():
            socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
            print("LEAK raw packets")
        """,
        "one socket",
    ),
}
