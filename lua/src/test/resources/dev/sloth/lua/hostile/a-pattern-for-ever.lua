-- ends: exceeded \d+ steps|pattern too complex
return (('a'):rep(20000)):find('.-.-.-.-.-b')
