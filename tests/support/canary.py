"""A token and an app's secret that stand nowhere by chance, and need escaping everywhere."""

TOKEN = "7.c4na+ry/t0k=n&%ü"
SECRET = "c4nary/s3cr+t=?é"
CODE = "c4nary+c0de/=&%ü"
