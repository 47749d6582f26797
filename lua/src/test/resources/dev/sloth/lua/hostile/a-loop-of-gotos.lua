-- ends: exceeded \d+ steps
::again::
goto again
