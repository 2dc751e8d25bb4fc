"""What came by mail or to a phone, and the phone's authenticator app."""
