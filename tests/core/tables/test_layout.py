"""How a table stands in a text: where it begins, what its columns are called, how its cells part."""

import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.layout import Layout, recognised, recognised_cells

FOUR = "0.0 2.10\n0.1 2.04\n0.2 1.91\n0.3 1.65\n"
COMMAS, SEMICOLONS = FOUR.replace(" ", ","), FOUR.replace(".", ",").replace(" ", ";")
TABS = FOUR.replace(" ", "\t")


def read(text, choices=None):
    """Return the layout of a text and its rows, those that hold anything."""
    lines = text.splitlines(keepends=True)
    layout, _ = recognised(lines, choices or Choices())
    return layout, [row for row in layout.rows(lines[layout.first :]) if row]


def remarks(text, choices=None):
    return recognised(text.splitlines(keepends=True), choices or Choices())[1]


# The text, the names of its columns, the first row and the last, and how many there are.
TABLES = {
    # delimiters and locales
    "spaces": (FOUR, "x y", "0.0 2.10", "0.3 1.65", 4),
    "commas": (COMMAS, "x y", "0.0 2.10", "0.3 1.65", 4),
    "commas and blanks": (FOUR.replace(" ", ", "), "x y", "0.0 2.10", "0.3 1.65", 4),
    "semicolons": (SEMICOLONS, "x y", "0,0 2,10", "0,3 1,65", 4),
    "tabs": (TABS, "x y", "0.0 2.10", "0.3 1.65", 4),
    "pipes": ("t|v\n" + FOUR.replace(" ", "|"), "t v", "0.0 2.10", "0.3 1.65", 4),
    "pipes and blanks": ("t | v\n" + FOUR.replace(" ", " | "), "t v", "0.0 2.10", "0.3 1.65", 4),
    "colons": ("t:v\n" + FOUR.replace(" ", ":"), "t v", "0.0 2.10", "0.3 1.65", 4),
    "blanks and decimal commas": (FOUR.replace(".", ","), "x y", "0,0 2,10", "0,3 1,65", 4),
    "tabs and decimal commas": (TABS.replace(".", ","), "x y", "0,0 2,10", "0,3 1,65", 4),
    "German thousands": ("a;b\n1.234,5;2.000\n950;3.000\n", "a b", "1.234,5 2.000", "950 3.000", 2),
    "US thousands in quotes": ('a,b\n"1,234.5","2,000"\n950,"3,000"\n', "a b", "1,234.5 2,000", "950 3,000", 2),
    "US thousands in columns": ("a b\n1,234,500 2,000\n950,000 3,000\n", "a b", "1,234,500 2,000", "950,000 3,000", 2),
    "French thousands": ("a;b\n1 234,5;2 000\n950;3 000\n", "a b", ["1 234,5", "2 000"], ["950", "3 000"], 2),
    "French thousands in columns": ("a  b\n1\u202f234,5  2\u00a0000\n950  3\u00a0000\n", "a b", ["1\u202f234,5", "2\u00a0000"], ["950", "3\u00a0000"], 2),
    "thousands of two columns": ("Surface  Prix\n1 234  2 000\n950  3 000\n", "Surface Prix", ["1 234", "2 000"], ["950", "3 000"], 2),
    "Swiss": ("a;b\n1'234.5;2'000\n950;3'000\n", "a b", "1'234.5 2'000", "950 3'000", 2),
    "Indian": ("a\tb\n1,23,456\t2\n4,56,789\t3\n", "a b", "1,23,456 2", "4,56,789 3", 2),
    "dollars": ('a,b\n1,"$2,000"\n2,$950\n', "a b", "1 $2,000", "2 $950", 2),
    "euros": ("a;b\n1;2.000,00 €\n2;950,00 €\n", "a b", ["1", "2.000,00 €"], ["2", "950,00 €"], 2),
    "units in cells": ("a b\n1cm 2kg\n3cm 4kg\n", "a b", "1cm 2kg", "3cm 4kg", 2),
    "minus signs": ("a;b\n\u22121,5;2\n\u22122,5;3\n", "a b", "\u22121,5 2", "\u22122,5 3", 2),
    "dates and tabs": ("d\tv\n3 Feb 2024\t1\n4 Feb 2024\t2\n", "d v", ["3 Feb 2024", "1"], ["4 Feb 2024", "2"], 2),
    "dates and commas": ("d,v\n2024-01-05 10:00:00,21\n2024-01-05 10:05:00,22\n", "d v", ["2024-01-05 10:00:00", "21"], ["2024-01-05 10:05:00", "22"], 2),
    "dates and decimal commas": ("d;v\n2024-01-05 10:00;1,5\n2024-01-05 10:05;2,5\n", "d v", ["2024-01-05 10:00", "1,5"], ["2024-01-05 10:05", "2,5"], 2),
    "times and commas": ("10:00,21\n10:05,22\n", "x y", "10:00 21", "10:05 22", 2),
    "dates in fixed columns": ("2024-01-05 10:00  1.5\n2024-01-05 10:05  2.5\n", "x y", ["2024-01-05 10:00", "1.5"], ["2024-01-05 10:05", "2.5"], 2),
    "decimal commas between commas": ("x,y\n1,5,2,25\n2,5,4,75\n5,5,9,25\n", "x y", "1,5 2,25", "5,5 9,25", 3),
    "three of them": ("x,y,z\n1,5,2,25,3,0\n2,5,4,75,1,5\n", "x y z", "1,5 2,25 3,0", "2,5 4,75 1,5", 2),
    # names
    "names": ("t h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "quoted names": ('"t","h, in m"\n' + COMMAS, ["t", "h, in m"], "0.0 2.10", "0.3 1.65", 4),
    "names with blanks": ("Time (s)   Height (m)\n" + FOUR, ["Time (s)", "Height (m)"], "0.0 2.10", "0.3 1.65", 4),
    "names with one blank": ("Time (s) Height (m)\n" + FOUR, ["Time (s)", "Height (m)"], "0.0 2.10", "0.3 1.65", 4),
    "names and units in turns": ("Time s Height m\n" + FOUR, ["Time (s)", "Height (m)"], "0.0 2.10", "0.3 1.65", 4),
    "names between tabs": ("Time s\tHeight m\n" + FOUR, ["Time s", "Height m"], "0.0 2.10", "0.3 1.65", 4),
    "names between commas": ("time, height\n" + FOUR, "time height", "0.0 2.10", "0.3 1.65", 4),
    "numbers as names": ("Region,1990,2000\nA,10,12\nB,20,26\nC,9,3\n", "Region 1990 2000", "A 10 12", "C 9 3", 3),
    "months as names": ("Region,2019-01,2019-02\nA,10,12\nB,20,26\nC,9,3\n", "Region 2019-01 2019-02", "A 10 12", "C 9 3", 3),
    "counted names of pandas": (",0,1\n0,10,12\n1,20,26\n2,9,3\n", ["column 1", "0", "1"], "0 10 12", "2 9 3", 3),
    "a year among names": ("age,2020\n31,100\n42,130\n", "age 2020", "31 100", "42 130", 2),
    "no names beside words": ("A,10,12\nB,20,26\nC,9,3\n", ["column 1", "column 2", "column 3"], "A 10 12", "C 9 3", 3),
    "a missing value first": ("NA,3\n1,2\n2,4\n", "x y", "NA 3", "2 4", 3),
    "the same name twice": ("a,a\n1,2\n", ["a", "a (2)"], "1 2", "1 2", 1),
    "a formula as name": ("'=a,b\n1,2\n", ["=a", "b"], "1 2", "1 2", 1),
    # R
    "write.table": ('"a" "b"\n"1" 2.5 4\n"2" 3.5 5\n', ["column 1", "a", "b"], "1 2.5 4", "2 3.5 5", 2),
    "write.table, words": ('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Fiat 128" 32.4 4\n', ["column 1", "mpg", "cyl"], ["Mazda RX4", "21", "6"], ["Fiat 128", "32.4", "4"], 2),
    "write.table, tabs": ("a\tb\n1\t2.5\t4\n2\t3.5\t5\n", ["column 1", "a", "b"], "1 2.5 4", "2 3.5 5", 2),
    "write.table, one column": ('"growth"\n"1" 2.5\n"2" 3.5\n"3" 4\n', ["column 1", "growth"], "1 2.5", "3 4", 3),
    "write.csv": ('"","a","b"\n"1",2.5,4\n"2",3.5,NA\n', ["column 1", "a", "b"], "1 2.5 4", "2 3.5 NA", 2),
    "print of a data frame": ("  hours score\n1   1.4    33\n2   2.9    41\n10  2.2    39\n", ["column 1", "hours", "score"], "1 1.4 33", "10 2.2 39", 3),
    "print of a matrix": ("     [,1] [,2]\n[1,]  1.5 2.25\n[2,]  2.5 4.75\n", ["column 1", "[,1]", "[,2]"], "[1,] 1.5 2.25", "[2,] 2.5 4.75", 2),
    "print of a tibble": ("# A tibble: 2 × 2\n  hours score\n  <dbl> <int>\n1   1.4    33\n2   2.9    41\n", ["column 1", "hours", "score"], "1 1.4 33", "2 2.9 41", 2),
    # pandas
    "to_csv": (",hours,score\n0,1.4,33\n1,2.9,41\n", ["column 1", "hours", "score"], "0 1.4 33", "1 2.9 41", 2),
    "to_string": ("   hours  score\n0    1.4     33\n1    2.9     41\n", ["column 1", "hours", "score"], "0 1.4 33", "1 2.9 41", 2),
    "to_markdown": ("|    |   t |   v |\n|---:|----:|----:|\n|  0 | 0.5 | 1.2 |\n|  1 | 1   | 2.1 |\n", ["column 1", "t", "v"], "0 0.5 1.2", "1 1 2.1", 2),
    "two levels of columns": (",a,a\n,x,y\n0,1,2\n1,3,4\n", ["column 1", "a x", "a y"], "0 1 2", "1 3 4", 2),
    # what stands above
    "title": ("Fall of a marble\nt,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "title with commas": ("Fall of a marble,\nt,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "title alone": ("Fall of a marble\n" + COMMAS, "x y", "0.0 2.10", "0.3 1.65", 4),
    "title and blank line": ("Fall, second try\n\nt,h\n\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "settings": ("Device,Logger 3\nStart,10:05\nRate,10\n\nt,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "settings without blank": ("Operator,Ann\nRate,10\nTime (s),Voltage (V)\n" + COMMAS, ["Time (s)", "Voltage (V)"], "0.0 2.10", "0.3 1.65", 4),
    "settings of one column": ("Serial: 12345\nInterval: 10 s\n\nt,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "settings of words": ("[Header]\nUser=Ann\nDate=2024-01-05\n[Data]\nt\th\n" + TABS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "sep=": ("sep=;\nt;h\n" + SEMICOLONS, "t h", "0,0 2,10", "0,3 1,65", 4),
    "sep=, in quotes": ('"sep=,"\nt,h\n' + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "empty rows and columns": (",,\n,,\n,t,h\n,0,2\n,1,3\n", ["column 1", "t", "h"], ["", "0", "2"], ["", "1", "3"], 2),
    "units": ("t,h\ns,m\n" + COMMAS, ["t (s)", "h (m)"], "0.0 2.10", "0.3 1.65", 4),
    "units in brackets": ("t\th\n[s]\t[m/s^2]\n" + TABS, ["t [s]", "h [m/s^2]"], "0.0 2.10", "0.3 1.65", 4),
    "units, one without": ("n;U\n-;mV\n1;2\n2;5\n", ["n", "U (mV)"], "1 2", "2 5", 2),
    "types": ("t,h\nfloat,double\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "two rows of names": ("load load temp\n1m 5m cpu\n1.8 1.2 51\n1.7 1.1 52\n", ["load 1m", "load 5m", "temp cpu"], "1.8 1.2 51", "1.7 1.1 52", 2),
    "names over several columns": ("Load,,Temp\n1m,5m,cpu\n1.8,1.2,51\n1.7,1.1,52\n", ["Load 1m", "Load 5m", "Temp cpu"], "1.8 1.2 51", "1.7 1.1 52", 2),
    "prose": ("Reference Data\nDataset: Kettle (kettle.dat)\n\nData:  1 Response (y)\n  5 Observations\n\n a =  18.0  20.0  1.8E+01  2.1E-01\n\nData:   y    x\n 18.6E0  0.0E0\n 28.1E0  1.0E0\n", "y x", "18.6E0 0.0E0", "28.1E0 1.0E0", 2),
    "long prose": ("".join(f"Note {n}: {'moved north' if n % 2 else 'cleaned'}, see page {n}\n" for n in range(150)) + "t,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "a rule below names": ("t  h\n-----------\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "rules of SQL": ("t           h\n----------- -----------\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    # comments
    "# names": ("# t h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "#names": ("#t\th\n" + TABS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "# names, commas": ("# t, h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "% names": ("% by the lab\n% t h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "// names": ("// t h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "# names, units": ("# t h\n# [s] [m]\n" + FOUR, ["t [s]", "h [m]"], "0.0 2.10", "0.3 1.65", 4),
    "# names with blanks": ("# Time (s)  Height (m)\n" + FOUR, ["Time (s)", "Height (m)"], "0.0 2.10", "0.3 1.65", 4),
    "# columns: names": ("# made by a program\n# Columns: t, h\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "# prose": ("# measured on the roof, before noon\n" + FOUR, "x y", "0.0 2.10", "0.3 1.65", 4),
    "# of Octave": ("# Created by Octave\n# name: data\n# type: matrix\n# rows: 4\n# columns: 2\n" + FOUR, "x y", "0.0 2.10", "0.3 1.65", 4),
    "# above names": ("# made by me\nt,h\n" + COMMAS, "t h", "0.0 2.10", "0.3 1.65", 4),
    "# between rows": ("t,h\n0,1 # first\n# lamp changed\n1,2\n#2,3\n", "t h", "0 1", "1 2", 2),
    "# behind every row": ("0,1 # a\n1,2 # b, c\n2,3 # d\n", "x y", "0 1", "2 3", 3),
    "# behind names": ("t h # in SI\n" + FOUR, "t h", "0.0 2.10", "0.3 1.65", 4),
    "# as a name": ("#,t,h\n1,2,3\n2,3,4\n", "# t h", "1 2 3", "2 3 4", 2),
    "# as a name between blanks": ("# t h\n1 2 3\n2 3 4\n", "# t h", "1 2 3", "2 3 4", 2),
    "# in a name": ("Sample #,m\n1,2\n2,3\n", ["Sample #", "m"], "1 2", "2 3", 2),
    "# in cells": ("at,n\n1 Mill Lane #4,3\n#12,4\n", "at n", ["1 Mill Lane #4", "3"], ["1 Mill Lane #4", "3"], 1),
    "colours": ("colour,n\n#ff0000,3\n#00ff00,4\n", "colour n", "#ff0000 3", "#00ff00 4", 2),
    "tags": ("tag,n\n#cats,3\n#dogs,4\n", "tag n", "#cats 3", "#dogs 4", 2),
    "errors of a spreadsheet": ("a,b\n1,#N/A\n#REF!,2\n3,#DIV/0!\n4,5\n", "a b", "1 #N/A", "4 5", 4),
    "percent signs": ("a b\n1 12%\n2 25%\n", "a b", "1 12%", "2 25%", 2),
    # fixed width
    "fixed width": ("Site       Depth   Temp\nNook Bay     2.0   11.3\nLong Reef          12.8\nFar Bank    12.0    9.2\n", "Site Depth Temp", ["Nook Bay", "2.0", "11.3"], ["Far Bank", "12.0", "9.2"], 3),
    "fixed width of numbers": ("   t     a     b\n 0.1   1.0   2.0\n 0.2         2.5\n 0.3   1.4   2.7\n", "t a b", "0.1 1.0 2.0", "0.3 1.4 2.7", 3),
    "words with blanks": ("Site       Depth   Temp\nNook Bay     2.0   11.3\nFar Bank    12.0    9.2\n", "Site Depth Temp", ["Nook Bay", "2.0", "11.3"], ["Far Bank", "12.0", "9.2"], 2),
    # other forms of text
    "Markdown": ("| t (s) | v |\n|------:|:--|\n| 0.5 | 1.2 |\n| 1.0 | |\n| | 3 |\n", ["t (s)", "v"], "0.5 1.2", ["", "3"], 3),
    "Markdown, no bars at the ends": ("t (s) | v\n------|---\n0.5 | 1.2\n1.0 | 2.1\n", ["t (s)", "v"], "0.5 1.2", "1.0 2.1", 2),
    "psql": (" t   | v\n-----+-----\n 0.5 | 1.2\n 1.0 | 2.1\n(2 rows)\n", "t v", "0.5 1.2", ["(2 rows)"], 3),
    "a grid": ("+-----+-----+\n| t   | v   |\n+=====+=====+\n| 0.5 | 1.2 |\n+-----+-----+\n| 1.0 | 2.1 |\n+-----+-----+\n", "t v", "0.5 1.2", "1.0 2.1", 2),
    "reStructuredText": ("=====  =====\nt      v\n=====  =====\n0.5    1.2\n1.0    2.1\n=====  =====\n", "t v", "0.5 1.2", "===== =====", 3),
    "MATLAB": ("data = [\n1.5 2.25;\n2.5 4.75;\n];\n", "x y", "1.5 2.25", "2.5 4.75", 2),
    "MATLAB, first row beside the bracket": ("A = [1.5, 2.25;\n     2.5, 4.75];\n", "x y", "1.5 2.25", "2.5 4.75", 2),
    "MATLAB's display": ("A =\n\n    1.5000    2.2500\n    2.5000    4.7500\n", "x y", "1.5000 2.2500", "2.5000 4.7500", 2),
    "NumPy": ("[[1.5  2.25]\n [2.5  4.75]\n [3.5  6.5 ]]\n", "x y", "1.5 2.25", "3.5 6.5", 3),
    "NumPy's repr": ("array([[1.5 , 2.25],\n       [2.5 , 4.75],\n       [3.5 , 6.5 ]])\n", "x y", "1.5 2.25", "3.5 6.5", 3),
    "lists of Python": ("[[1, 2],\n [3, 4]]\n", "x y", "1 2", "3 4", 2),
    "tuples of Python": ("data = [\n    (1, 2),\n    (3, 4),\n]\n", "x y", "1 2", "3 4", 2),
    "Julia": ("2×2 Matrix{Float64}:\n 1.5  2.25\n 2.5  4.75\n", "x y", "1.5 2.25", "2.5 4.75", 2),
    "ARFF": ("% made up\n@relation vans\n@attribute kind {small, large}\n@attribute 'gross weight' numeric\n@ATTRIBUTE range REAL\n@data\nsmall,1.6,410\n'large, red',?,330\n", ["kind", "gross weight", "range"], "small 1.6 410", ["large, red", "?", "330"], 2),
    "labels": ("Temp: 23.5 C  Hum: 40 %\nTemp: 23.7 C  Hum: 41 %\n", "Temp Hum", ["23.5 C", "40 %"], ["23.7 C", "41 %"], 2),
    "labels, one blank": ("Temp: 23.5 C Hum: 40 %\nTemp: 23.7 C Hum: 41 %\n", "Temp Hum", ["23.5 C", "40 %"], ["23.7 C", "41 %"], 2),
    "labels, commas": ("temp:23.5,hum:40\ntemp:23.7,hum:41\n", "temp hum", "23.5 40", "23.7 41", 2),
    "labels, equals": ("t=0.1s, v = -2.5\nt=0.2s, v = -2.7\n", "t v", "0.1s -2.5", "0.2s -2.7", 2),
    "labels behind a time": ("10:15:23.120 -> Temp: 23.5 C\n10:15:24.120 -> Temp: 23.7 C\n", ["column 1", "Temp"], ["10:15:23.120", "23.5 C"], ["10:15:24.120", "23.7 C"], 2),
    "one label": ("Distance: 23 cm\nDistance: 25 cm\n", ["Distance"], ["23 cm"], ["25 cm"], 2),
    "±": ("1.0 ± 0.1 2.1 ± 0.2\n2.0 ± 0.1 4.2 ± 0.2\n", "x y", "1.0±0.1 2.1±0.2", "2.0±0.1 4.2±0.2", 2),
    "± between tabs": ("1.0 ± 0.1\t2.1 ± 0.2\n2.0 ± 0.1\t4.2 ± 0.2\n", "x y", ["1.0 ± 0.1", "2.1 ± 0.2"], ["2.0 ± 0.1", "4.2 ± 0.2"], 2),
    "text formulas": ('a,b\n1,="2.5"\n2,="4,0"\n', "a b", "1 2.5", "2 4,0", 2),
    "text formulas in quotes": ('a,b\n1,"=""2.5"""\n2,"=""4.0"""\n', "a b", "1 2.5", "2 4.0", 2),
    "NUL bytes": ("0,1\n\0\0\0\n1,\0 2\n", "x y", "0 1", "1 2", 2),
    "footers": ("a,b\n1,2\n2,4\n\nTotal,6\nSource: me\n", "a b", "1 2", ["Source: me"], 4),
    # quotes
    "delimiters in quotes": ('a,b,c\n1,2,"x, y"\n2,3,z\n', "a b c", ["1", "2", "x, y"], "2 3 z", 2),
    "lines in quotes": ('a,b,c\n1,2,"x\ny"\n2,3,"""z"", w"\n', "a b c", ["1", "2", "x\ny"], ["2", "3", '"z", w'], 2),
    "two cells with lines": ('a,b,c\n1,"x\ny","z\nw"\n2,v,u\n', "a b c", ["1", "x\ny", "z\nw"], "2 v u", 2),
    "lines in names": ('"t\n(s)","h\n(m)"\n' + COMMAS, ["t (s)", "h (m)"], "0.0 2.10", "0.3 1.65", 4),
    "an open quote": ('a,b\n"1.5,2\n' + COMMAS, "a b", ["1.5,2"], "0.3 1.65", 5),
    "inches": ('a,b\n5" pipe,2\n6" pipe,3\n', "a b", ['5" pipe', "2"], ['6" pipe', "3"], 2),
    # one column
    "one column": ("2.1\n2.3\n2.8\n", ["column 1"], ["2.1"], ["2.8"], 3),
    "one column with a name": ("Height\n2.1\n2.3\n", ["Height"], ["2.1"], ["2.3"], 2),
    "one column of decimal commas": ("Height\n1,62\n1,75\n", ["Height"], ["1,62"], ["1,75"], 2),
    "one column, semicolons": ("Height;\n1,62;\n1,75;\n", ["Height"], ["1,62", ""], ["1,75", ""], 2),
    "labels and one column": ("Shop,Sales\nNorfell,12.5\nSudby,19.0\n", "Shop Sales", "Norfell 12.5", "Sudby 19.0", 2),
    # transposed
    "one row a variable": ("hours,1,2,3,4,6\nscore,21,30,46,52,71\n", "hours score", "1 21", "6 71", 5),
    "one row a variable, blanks": ("t  0.1  0.2  0.3  0.4\nh  2.1  2.0  1.9  1.6\nv  0  1  2  3\n", "t h v", "0.1 2.1 0", "0.4 1.6 3", 4),
    # words only
    "only names": ("t,h\n", "t h", None, None, 0),
    "only words": ("shop,mood\nNorfell,good\n", "shop mood", "Norfell good", "Norfell good", 1),
    # what is missing
    "missing ends": ("a,b,c\n1,2,\n2,3\n3,4,5\n", "a b c", ["1", "2", ""], "3 4 5", 3),
    "delimiters at ends": ("a,b,\n1,2,\n2,3,\n", "a b", ["1", "2", ""], ["2", "3", ""], 2),
    "words for missing": ("a,b\n1,-\n2,N/A\n3,.\n4,5\n", "a b", "1 -", "4 5", 4),
    "Kaggle": ('Id,Survived,Name,Sex,Age,Ticket,Fare,Cabin\n1,0,"Braund, Mr. Owen",male,22,A/5 21171,7.25,\n2,1,"Cumings, Mrs. (Flo)",female,,PC 17599,71.2833,C85\n', "Id Survived Name Sex Age Ticket Fare Cabin", ["1", "0", "Braund, Mr. Owen", "male", "22", "A/5 21171", "7.25", ""], ["2", "1", "Cumings, Mrs. (Flo)", "female", "", "PC 17599", "71.2833", "C85"], 2),
}  # fmt: skip


def _cells(cells):
    return cells.split(" ") if isinstance(cells, str) else cells


@pytest.mark.parametrize(
    ("text", "names", "first", "last", "count"), TABLES.values(), ids=TABLES.keys()
)
def test_tables(text, names, first, last, count):
    layout, rows = read(text)
    assert layout.names == tuple(_cells(names))
    assert len(rows) == count
    if count:
        assert [rows[0], rows[-1]] == [_cells(first), _cells(last)]


@pytest.mark.parametrize("text", [table[0] for table in TABLES.values()], ids=TABLES.keys())
def test_what_was_found_leads_to_the_same(text):
    layout, rows = read(text)
    again, same = read(text, layout.found)
    assert (again.names, same) == (layout.names, rows)
