"""Tables of every kind that people bring are read as a careful person would read them."""

import bz2
import gzip
import io
import lzma
import zipfile
from typing import NamedTuple

import numpy as np
import pytest

from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError
from gdviz.core.words.inspection import inspected


class Kind(NamedTuple):
    """A table, and what is to be read of it.

    Of several in a tuple any will do; an asterisk stands for the rest of a name. `remark` is what
    one of the sentences about it must contain, capitals or not.
    """

    name: str
    content: str | bytes
    x: str | tuple[str, ...]
    y: str | tuple[str, ...]
    rows: int
    first: tuple[float, float]
    last: tuple[float, float]
    left_out: int | tuple[int, ...] = 0
    remark: str | tuple[str, ...] = ""
    suffix: str = ".csv"


KINDS = (
    # Plain text, and what must stay as it is
    Kind("tabs", "mass\tlength\n0.5\t12\n1.25\t18.5\n3\t30\n",
         "mass", "length", 3, (0.5, 12), (3, 30)),
    Kind("aligned", "  a      b\n -1.5   2\n  2e-1  3\n", "a", "b", 2, (-1.5, 2), (0.2, 3)),
    Kind("no-names", "2.5;14\n4;19\n7.5;31\n",
         ("x", "column 1"), ("y", "column 2"), 3, (2.5, 14), (7.5, 31)),
    Kind("no-names-three", "2.5,14,1\n4,19,1.5\n7.5,31,2\n",
         "column 1", "column 2", 3, (2.5, 14), (7.5, 31)),
    Kind("decimal-comma", "Länge;Masse\n1,25;7,5\n2,5;9,75\n12;31,1\n",
         "Länge", "Masse", 3, (1.25, 7.5), (12, 31.1)),
    Kind("decimal-comma-tabs", "Temps\tHauteur\n0,1\t2,35\n0,25\t2,01\n",
         "Temps", "Hauteur", 2, (0.1, 2.35), (0.25, 2.01)),
    Kind("three-decimals", "a;b\n0,125;3,5\n1,250;4,5\n2,375;7\n",
         "a", "b", 3, (0.125, 3.5), (2.375, 7)),
    Kind("utf-16", "Höhe\tBreite\n1,5\t20\n2,5\t31\n".encode("utf-16"),
         "Höhe", "Breite", 2, (1.5, 20), (2.5, 31)),
    Kind("utf-8-mark", "\ufeffHöhe,Breite\n1.5,20\n2.5,31\n",
         "Höhe", "Breite", 2, (1.5, 20), (2.5, 31)),
    Kind("windows-1251", "высота;масса;возраст\n1,5;20;7\n2,5;31;9\n3,5;44;12\n".encode("cp1251"),
         "высота", "масса", 3, (1.5, 20), (3.5, 44),
         remark=("1251", "encod", "letters", "characters")),
    Kind("carriage-returns", "a,b\r1,2.5\r3,4.5\r", "a", "b", 2, (1, 2.5), (3, 4.5)),
    # Row numbers and ids
    Kind("pandas-index", ",width,price\n0,3.5,40\n1,2,31\n2,7,80\n",
         "width", "price", 3, (3.5, 40), (7, 80)),
    Kind("shuffled-index", ",width,price\n41,3.5,40\n7,2,31\n23,7,80\n",
         "width", "price", 3, (3.5, 40), (7, 80)),
    Kind("unnamed-0", "Unnamed: 0,width,price\n0,3.5,40\n1,2,31\n2,7,80\n",
         "width", "price", 3, (3.5, 40), (7, 80)),
    Kind("rownames", '"rownames","speed","dist"\n"1",4,2\n"2",7,4\n"3",9,22\n',
         "speed", "dist", 3, (4, 2), (9, 22)),
    Kind("no", "No.;Weg;Zeit\n1;2,5;7\n2;3,5;9\n3;4;11\n", "Weg", "Zeit", 3, (2.5, 7), (4, 11)),
    Kind("passenger-id", "PassengerId,Age,Fare\n892,34.5,7.8\n893,47,7\n895,27,8.7\n",
         "Age", "Fare", 3, (34.5, 7.8), (27, 8.7), remark="PassengerId"),
    Kind("station-id", "station_id,temp,load\n7,20.5,3\n7,21,4\n9,24,9\n",
         "temp", "load", 3, (20.5, 3), (24, 9), remark="station_id"),
    Kind("hash", "#\tdose\teffect\n1\t0.5\t3\n2\t1\t7\n3\t2\t15\n",
         "dose", "effect", 3, (0.5, 3), (2, 15)),
    Kind("years", "Year,Sales,Staff\n2011,12,3\n2012,15,3.5\n2013,19,5\n",
         "Year", "Sales", 3, (2011, 12), (2013, 19)),
    Kind("series", ",depth\n0,2.5\n1,3\n2,4.5\n",
         ("column 1", "row", "index"), "depth", 3, (0, 2.5), (2, 4.5)),
    Kind("trial-number", "Trial no.,Time (s)\n1,2.5\n2,3\n3,4.5\n",
         "Trial no.", "Time (s)", 3, (1, 2.5), (3, 4.5)),
    # R's write.table
    Kind("r", '"dose" "len"\n"1" 0.5 4.2\n"2" 1 11.5\n"3" 2 7.3\n',
         "dose", "len", 3, (0.5, 4.2), (2, 7.3), suffix=".txt"),
    Kind("r-words", '"mpg" "wt"\n"Mazda RX4" 21 2.62\n"Datsun 710" 22.8 2.32\n"Fiat" 32.4 2.2\n',
         "mpg", "wt", 3, (21, 2.62), (32.4, 2.2), suffix=".txt"),
    Kind("r-tabs", "dose\tlen\n1\t0.5\t4.2\n2\t1\t11.5\n3\t2\t7.3\n",
         "dose", "len", 3, (0.5, 4.2), (2, 7.3), suffix=".txt"),
    # Lines above the names, and rows of units
    Kind("title", "Pendulum, third try\nLength (cm),Period (s)\n10,0.63\n20,0.9\n40,1.27\n",
         "Length (cm)", "Period (s)", 3, (10, 0.63), (40, 1.27)),
    Kind("settings", "Device;TX-3\nRate;100\nStarted;10:20\n\nt;U\n0;1,5\n1;2,25\n2;3,5\n",
         "t", "U", 3, (0, 1.5), (2, 3.5)),
    Kind("sep-line", "sep=;\nt;U\n0;1.5\n1;2.25\n", "t", "U", 2, (0, 1.5), (1, 2.25)),
    Kind("sep-comma", "sep=,\nt,U\n0,1.5\n1,2.25\n", "t", "U", 2, (0, 1.5), (1, 2.25)),
    Kind("empty-first", ",,\n,,\n,t,U\n,0,1.5\n,1,2.25\n,2,3\n", "t", "U", 3, (0, 1.5), (2, 3)),
    Kind("units", "Mass;Volume\nkg;l\n1,5;2\n2,5;3,5\n4;5\n",
         "Mass*", "Volume*", 3, (1.5, 2), (4, 5)),
    Kind("units-in-brackets", "t,v\n[s],[m/s]\n0,1.5\n1,2.5\n",
         "t*", "v*", 2, (0, 1.5), (1, 2.5)),
    Kind("names-in-two-rows",
         "  max   max  min\n  wind  rain temp\n  3.5   12   7\n  4     9    8\n  8     20   3\n",
         ("wind", "max wind*"), ("rain", "max rain*"), 3, (3.5, 12), (8, 20), suffix=".txt"),
    Kind("preamble-with-numbers",
         "Dataset:  Spring\nParameters (lines 4 to 5)\n"
         "  a =  1.0  2.0  1.83\n  b =  9.0  8.0  9.61\n\n"
         "Data:  y      x\n      1.5E0  10.0E0\n      2.5E0  20.0E0\n      4.0E0  30.0E0\n",
         "x", "y", 3, (10, 1.5), (30, 4), suffix=".dat"),
    Kind("prose",
         "The kettle was filled at noon.\nIt held two litres, more or less.\n\n  t    temp\n"
         "  0    20.5\n  1    31.0\n  2    41.5\n",
         "t", "temp", 3, (0, 20.5), (2, 41.5), suffix=".txt"),
    Kind("far-down",
         "About this file\n" + "A line of words about it.\n" * 60 + "a b\n1.5 2\n2.5 3\n4 7\n",
         "a", "b", 3, (1.5, 2), (4, 7), suffix=".txt"),
    # Comments
    Kind("savetxt", "# width height\n1.5 2.5\n3.5 4.5\n",
         "width", "height", 2, (1.5, 2.5), (3.5, 4.5), suffix=".txt"),
    Kind("last-comment", "# measured in May\n# w [cm], h [cm]\n1.5, 2.5\n3.5, 4.5\n",
         "w [cm]", "h [cm]", 2, (1.5, 2.5), (3.5, 4.5), suffix=".dat"),
    Kind("percent-comment", "% width height\n1.5 2.5\n3.5 4.5\n",
         "width", "height", 2, (1.5, 2.5), (3.5, 4.5), suffix=".txt"),
    Kind("slashes", "// taken by hand in May\n1.5 2.5\n3.5 4.5\n",
         ("x", "column 1"), ("y", "column 2"), 2, (1.5, 2.5), (3.5, 4.5), suffix=".txt"),
    Kind("comment-behind", "a b\n1.5 2.5  # a remark\n3.5 4.5\n# the end\n",
         "a", "b", 2, (1.5, 2.5), (3.5, 4.5), suffix=".txt"),
    # Names
    Kind("spaces-in-names", "Length (cm)   Period (s)\n10            0.63\n20            0.90\n",
         "Length (cm)", "Period (s)", 2, (10, 0.63), (20, 0.9), suffix=".txt"),
    Kind("formulas-as-names", "SO2,PM10\n3,12.5\n5,14\n", "SO2", "PM10", 2, (3, 12.5), (5, 14)),
    Kind("years-as-names", "town,2001,2011\nAda,10.5,12\nBor,9,9.5\nCer,20,24\n",
         "2001", "2011", 3, (10.5, 12), (20, 24)),
    Kind("number-among-names", "name,weight,2020,b\nA,4.5,10,1\nB,6.5,12,2\nC,5,13,5\n",
         "weight", "2020", 3, (4.5, 10), (5, 13)),
    Kind("y-first", "Y,X\n8.5,1\n9.5,2\n11,4\n", "X", "Y", 3, (1, 8.5), (4, 11)),
    Kind("t-x-y", "t;x;y\n0;1,5;2\n1;2,5;4\n2;3;5\n", "x", "y", 3, (1.5, 2), (3, 5)),
    # "#" that begins no comment
    Kind("colours", "colour,size,price\n#ff0000,2.5,11\n#00ff00,3,13\n#0000ff,5,20\n",
         "size", "price", 3, (2.5, 11), (5, 20)),
    Kind("house-numbers", "address,rooms,rent\nHill #3,2,500\nDale #14,3,640\nGlen #7,5,910\n",
         "rooms", "rent", 3, (2, 500), (5, 910)),
    Kind("spreadsheet-errors", "dose,yield\n1,2.5\n2,#N/A\n3,#DIV/0!\n#REF!,4\n5,9\n",
         "dose", "yield", 2, (1, 2.5), (5, 9), left_out=3),
    # Missing values
    Kind("words-for-missing", "a,b\n1,2.5\n2,NA\n3,null\n4,-\n5,?\n6,\n7,5.5\n8,6\n",
         "a", "b", 3, (1, 2.5), (8, 6), left_out=5),
    Kind("points-for-missing", "a b\n1.5 2\n. 3\n2.5 .\n4 6\n",
         "a", "b", 2, (1.5, 2), (4, 6), left_out=2, suffix=".txt"),
    Kind("mostly-missing", "depth,oxygen,temp\n1.5,,12\n2,7.5,11.5\n3,,11\n4.5,,10\n5,,9.5\n",
         "depth", "temp", 5, (1.5, 12), (5, 9.5), remark="oxygen"),
    Kind("minus-9999", "depth,temp\n1.5,12\n2,-9999\n3,11\n4.5,-9999\n5,10\n6,9\n",
         "depth", "temp", 6, (1.5, 12), (6, 9), remark="9999"),
    Kind("settings-beside",
         "Rate,100,,0,1.5\nGain,2.5,,0.1,1.75\n,,,0.2,2\n,,,0.3,2.5\n,,,0.4,3\n",
         "column 4", "column 5", 5, (0, 1.5), (0.4, 3)),
    # Columns that never change
    Kind("place", "lat,depth,temp\n47.5,1,12\n47.5,2.5,11\n47.5,4,9\n",
         "depth", "temp", 3, (1, 12), (4, 9), remark="lat"),
    Kind("same-x", "x;y\n3;1,5\n3;2,5\n3;2\n",
         "x", "y", 3, (3, 1.5), (3, 2), remark=("same", "constant", "never change", "no line")),
    Kind("single-row", "a,b\n3,1.5\n", "a", "b", 1, (3, 1.5), (3, 1.5)),
    # Numbers as people write them
    Kind("thousands-quoted", 'area,price\n900,"150,000"\n"1,050","189,500"\n"1,500","250,000"\n',
         "area", "price", 3, (900, 150000), (1500, 250000), remark="thousand"),
    Kind("thousands-twice", "year  people\n1990  1,250,000\n2000  1,310,500\n2010  1,402,000\n",
         "year", "people", 3, (1990, 1.25e6), (2010, 1.402e6), suffix=".txt"),
    Kind("german", "Fläche;Preis\n90,5;150.000,00\n120;189.500,50\n",
         "Fläche", "Preis", 2, (90.5, 150000), (120, 189500.5)),
    Kind("german-whole", "Leute;Autos\n2.345;870\n5.120;2.010\n9.400;4.300\n",
         "Leute", "Autos", 3, (2345, 870), (9400, 4300), remark="thousand"),
    Kind("three-places", "a;b\n2.345;8\n5.120;20\n9.400;43\n",
         "a", "b", 3, (2.345, 8), (9.4, 43), remark="thousand"),
    Kind("thin-spaces", "Surface;Prix\n90,5;150\u202f000\n120;1\u202f189\u202f500\n",
         "Surface", "Prix", 2, (90.5, 150000), (120, 1189500)),
    Kind("plain-spaces-between-thousands", "Surface;Prix\n90,5;150 000\n120;1 189 500\n",
         "Surface", "Prix", 2, (90.5, 150000), (120, 1189500)),
    Kind("apostrophes", "Fläche;Preis\n90.5;150'000\n120;1'189'500\n",
         "Fläche", "Preis", 2, (90.5, 150000), (120, 1189500)),
    Kind("apostrophes-typeset", "Fläche;Preis\n90.5;150\u2019000\n120;1\u2019189\u2019500\n",
         "Fläche", "Preis", 2, (90.5, 150000), (120, 1189500)),
    Kind("dollars", 'size,price\n90,"$150,000"\n120,"$189,500"\n',
         "size", "price", 2, (90, 150000), (120, 189500)),
    Kind("euros", "Größe;Preis\n90;150,50 €\n120;1.189,00 €\n",
         "Größe", "Preis", 2, (90, 150.5), (120, 1189)),
    Kind("pounds", "size,price\n90,£150.50\n120,£189\n",
         "size", "price", 2, (90, 150.5), (120, 189)),
    Kind("percent", "dose,share\n1,10%\n2,25.5%\n4,60%\n",
         "dose", "share*", 3, (1, 10), (4, 60), remark=("%", "percent")),
    Kind("percent-apart", "Dosis;Anteil\n1;10,5 %\n2;25 %\n4;60 %\n",
         "Dosis", "Anteil*", 3, (1, 10.5), (4, 60), remark=("%",
         "percent")),
    Kind("units-in-cells", "len,mass\n10 cm,1.5 kg\n20 cm,3 kg\n35 cm,5.5 kg\n",
         "len*", "mass*", 3, (10, 1.5), (35, 5.5)),
    Kind("units-joined", "t;U\n1s;1,5V\n2s;2,25V\n",
         "t*", "U*", 2, (1, 1.5), (2, 2.25)),
    Kind("two-decimal-signs", 'a,b\n"1,5",2.5\n"2,25",4.5\n"3,5",6\n',
         "a", "b", 3, (1.5, 2.5), (3.5, 6), remark=("decimal", "comma")),
    Kind("commas-between-commas", "a,b\n1,5,2,5\n2,25,4,5\n3,5,6,0\n",
         "a", "b", 3, (1.5, 2.5), (3.5, 6), remark="comma"),
    Kind("parentheses", "month,gain\n1,(120)\n2,45\n3,(30.5)\n",
         "month", "gain", 3, (1, -120), (3, -30.5)),
    Kind("minus-sign", "a,b\n1,\u22122.5\n2,\u22121\n3,4\n", "a", "b", 3, (1, -2.5), (3, 4)),
    Kind("plus-minus", "a;b\n1,5±0,1;2,5±0,2\n3±0,1;6,25±0,2\n",
         "a", "b", 2, (1.5, 2.5), (3, 6.25)),
    Kind("footnotes", "dose,yield\n1,10.5\n2,12.5*\n3,15\n4,18.5*\n",
         "dose", "yield", 4, (1, 10.5), (4, 18.5), remark="*"),
    Kind("fortran", " 0.10D+01  0.25D+02\n 0.20D+01  0.40D+02\n",
         ("x", "column 1"), ("y", "column 2"), 2, (1, 25), (2, 40), suffix=".txt"),
    Kind("formulas", 'a,b\n="1.5",="2"\n="2.5",="5"\n', "a", "b", 2, (1.5, 2), (2.5, 5)),
    # Dates and times
    Kind("iso", "day,level\n2024-01-01,10.5\n2024-01-11,12\n2024-03-01,15\n",
         "day", "level", 3, (19723, 10.5), (19783, 15)),
    Kind("iso-times", "at;level\n2024-01-01T06:00:00;10,5\n2024-01-01T18:00:00;12\n",
         "at", "level", 2, (19723.25, 10.5), (19723.75, 12)),
    Kind("iso-zone", "at,level\n2024-01-01T06:00:00+02:00,10.5\n2024-01-01T18:00:00Z,12\n",
         "at", "level", 2, (19723 + 4 / 24, 10.5), (19723.75, 12)),
    Kind("three-with-dates",
         "day,sold,guests\n2024-01-01,10,3.5\n2024-01-02,14,4\n2024-01-04,19,6\n",
         "day", "sold", 3, (19723, 10), (19726, 19), remark="guests"),
    Kind("day-first", "day,level\n03/02/2024,1.5\n17/02/2024,2.5\n01/03/2024,4\n",
         "day", "level", 3, (19756, 1.5), (19783, 4)),
    Kind("month-first", "day,level\n2/3/2024,1.5\n2/17/2024,2.5\n3/1/2024,4\n",
         "day", "level", 3, (19756, 1.5), (19783, 4)),
    Kind("day-or-month", "day,level\n02/03/2024,1.5\n02/10/2024,2.5\n03/01/2024,4\n",
         "day", "level", 3, (19756, 1.5), (19783, 4), remark=("day", "month")),
    Kind("day-or-month-comma", "Tag;Pegel\n03/02/2024;1,5\n10/02/2024;2,5\n01/03/2024;4,25\n",
         "Tag", "Pegel", 3, (19756, 1.5), (19783, 4.25), remark=("day", "month")),
    Kind("points", "Tag;Pegel\n3.2.2024;1,5\n10.2.2024;2,5\n1.3.2024;4,25\n",
         "Tag", "Pegel", 3, (19756, 1.5), (19783, 4.25)),
    Kind("month-names", "day,level\n3 Feb 2024,1.5\n10 Feb 2024,2\n1 March 2024,4\n",
         "day", "level", 3, (19756, 1.5), (19783, 4)),
    Kind("month-names-hyphens", "day,level\n03-Feb-24,1.5\n10-Feb-24,2\n01-Mar-24,4\n",
         "day", "level", 3, (19756, 1.5), (19783, 4)),
    Kind("months", "Month,Riders\n2020-01,112\n2020-02,118\n2020-03,131\n",
         "Month", "Riders", 3, (18262, 112), (18322, 131)),
    Kind("date-and-time",
         "date,time,level\n2024-01-01,06:00,1.5\n2024-01-01,18:00,2.5\n2024-01-02,00:00,3\n",
         "date*", "level", 3, (19723.25, 1.5), (19724, 3)),
    Kind("times", "10:00:00 21.5\n10:00:30 22.25\n10:01:00 23\n",
         ("x", "column 1"), ("y", "column 2"), 3, (36000, 21.5), (36060, 23), suffix=".txt"),
    Kind("times-short", "time,temp\n06:30,4.5\n12:00,11\n18:15,9\n",
         "time", "temp", 3, (23400, 4.5), (65700, 9)),
    Kind("eight-digits-beside-dates",
         "day,parts\n2024-01-30,20240517\n2024-02-15,20240518\n2024-03-01,20240520\n",
         "day", "parts", 3, (19752, 20240517), (19783, 20240520)),
    Kind("eight-digits", "20240130 10.5\n20240215 12\n20240301 14\n",
         ("x", "column 1"), ("y", "column 2"), 3, (19752, 10.5), (19783, 14), remark="date",
         suffix=".txt"),
    Kind("unix-seconds", "timestamp,level\n1704067200,1.5\n1704110400,2.5\n1704153600,3\n",
         "timestamp", "level", 3, (19723, 1.5), (19724, 3), remark=("unix", "date", "second")),
    # Fixed width
    Kind("fixed-width",
         "Place      Depth   Temp\nNook Bay     2.5   11.5\nLong Reef          12.5\n"
         "Old Pier     8.0   10.0\nFar Bank    12.0    9.0\n",
         "Depth", "Temp", 3, (2.5, 11.5), (12, 9), left_out=1, suffix=".txt"),
    # Other forms of text
    Kind("pipes", "t|v\n0.5|1.5\n1|2.5\n2|5\n", "t", "v", 3, (0.5, 1.5), (2, 5), suffix=".txt"),
    Kind("markdown", "| w | h |\n|:--|--:|\n| 0.5 | 1.5 |\n| 2 | 5 |\n",
         "w", "h", 2, (0.5, 1.5), (2, 5), suffix=".md"),
    Kind("psql", "  w  |  h  \n-----+-----\n 0.5 | 1.5\n   2 |   5\n",
         "w", "h", 2, (0.5, 1.5), (2, 5), suffix=".txt"),
    Kind("json-lines", '{"w": 0.5, "h": 1.5}\n{"w": 1, "h": null}\n{"w": 2, "h": 5}\n',
         "w", "h", 2, (0.5, 1.5), (2, 5), left_out=1, suffix=".jsonl"),
    Kind("json", '[{"w": 0.5, "h": 1.5},\n {"w": 2, "h": 5}]',
         "w", "h", 2, (0.5, 1.5), (2, 5), suffix=".json"),
    Kind("arff",
         "@relation r\n@attribute kind {a,b}\n@attribute 'net w' numeric\n@attribute h real\n"
         "@data\na,0.5,1.5\nb,?,3\na,2,5\n",
         "net w", "h", 2, (0.5, 1.5), (2, 5), left_out=1, suffix=".arff"),
    Kind("matlab", "A = [\n0.5 1.5\n1 2.5\n2 5\n];\n",
         ("x", "column 1"), ("y", "column 2"), 3, (0.5, 1.5), (2, 5), (0, 1), suffix=".m"),
    Kind("numpy", "[[0.5 1.5]\n [1.  2.5]\n [2.  5. ]]\n",
         ("x", "column 1"), ("y", "column 2"), 3, (0.5, 1.5), (2, 5), suffix=".txt"),
    Kind("labels",
         "Mass: 990 g  Temp: 20.5 C\nMass: 991 g  Temp: 21.0 C\nMass: 995 g  Temp: 24.0 C\n",
         ("Mass*", "column*"), ("Temp*", "column*"), 3, (990, 20.5), (995, 24), suffix=".log"),
    Kind("html",
         "<html><body><table><tr><th>w</th><th>h</th></tr><tr><td>0.5</td><td>1.5</td></tr>"
         "<tr><td>2</td><td>5</td></tr></table></body></html>",
         "w", "h", 2, (0.5, 1.5), (2, 5), suffix=".xls"),
    Kind("breaks-in-quotes", 'dose,note,yield\n1,"two\nlines",2.5\n2,one,4\n4,"a\nb\nc",9\n',
         "dose", "yield", 3, (1, 2.5), (4, 9)),
    Kind("footer", "dose,yield\n1,2.5\n2,4\n4,9\n\nTotal,15.5\nSource: my notebook\n",
         "dose", "yield", 3, (1, 2.5), (4, 9), left_out=2),
    Kind("zero-bytes", b"0.0 1.5\n0.5 2.5\n\0\0\0\0\n1.0 3.5\n",
         ("x", "column 1"), ("y", "column 2"), 3, (0, 1.5), (1, 3.5), (0, 1), suffix=".log"),
    # One column, or one row a variable
    Kind("one-column", "2.5\n3.5\n3\n",
         "row", ("y", "column 1"), 3, (1, 2.5), (3, 3), remark="row", suffix=".txt"),
    Kind("one-column-named", "Height\n1.5\n1.75\nNA\n1.6\n",
         "row", "Height", 3, (1, 1.5), (4, 1.6), left_out=1, remark="row"),
    Kind("one-column-comma", "Masse\n1,5\n1,75\n2,25\n",
         "row", "Masse", 3, (1, 1.5), (3, 2.25), remark="row"),
    Kind("words-and-one-column", "town,people\nAda,12.5\nBor,9\nCer,30\n",
         "row", "people", 3, (1, 12.5), (3, 30), remark="row"),
    Kind("across", "hours,1,2,4,7\nscore,20,31,45,80\n",
         "hours", "score", 4, (1, 20), (7, 80), remark=("transpos", "turn", "across", "sideways",
         "row")),
)  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Return the table of a file of this name and content."""

    def read(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path)

    return read


def either(wanted):
    return wanted if isinstance(wanted, tuple) else (wanted,)


def is_named(name, wanted):
    return any(
        name.startswith(known[:-1]) if known.endswith("*") else name == known
        for known in either(wanted)
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_read_as_a_careful_person_would(read, kind):
    found = inspected(read(f"t{kind.suffix}", kind.content))
    assert is_named(found["x"], kind.x), found["x"]
    assert is_named(found["y"], kind.y), found["y"]
    np.testing.assert_allclose(
        [found["first"], found["last"]], [kind.first, kind.last], 1e-10, 1e-9
    )
    assert found["rows"] == kind.rows
    assert found["left_out"] in either(kind.left_out)
    said = "\n".join(found["notices"]).casefold()
    assert any(word.casefold() in said for word in either(kind.remark)), said


PACKED = {
    "t.csv.gz": gzip.compress,
    "t.csv.bz2": bz2.compress,
    "t.csv.xz": lzma.compress,
    "t.zip": lambda content: zipped(("t.csv", content)),
    "some.zip": lambda content: zipped(("folder/", b""), ("folder/t.txt", content)),
}


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_table_is_a_table(read, name):
    found = inspected(read(name, PACKED[name](b"w,h\n0.5,1.5\n1,2.5\n2,5\n")))
    assert (found["x"], found["y"], found["rows"]) == ("w", "h", 3)
    assert (found["first"], found["last"]) == ([0.5, 1.5], [2, 5])


@pytest.mark.parametrize("turned", [False, True])
def test_an_array_of_numpy_is_a_table(read, turned):
    array = np.array([[0.5, 1.5], [1, 2.5], [2, 5]])
    saved = io.BytesIO()
    np.save(saved, np.asfortranarray(array) if turned else array)
    found = inspected(read("t.npy", saved.getvalue()))
    assert (found["rows"], found["first"], found["last"]) == (3, [0.5, 1.5], [2, 5])


def test_arrays_of_numpy_with_names_are_columns(read):
    saved = io.BytesIO()
    np.savez(saved, w=np.array([0.5, 1, 2]), h=np.array([1.5, 2.5, 5]))
    found = inspected(read("t.npz", saved.getvalue()))
    assert (found["x"], found["y"], found["rows"]) == ("w", "h", 3)


def test_a_table_without_a_doubt_needs_no_word(read):
    assert not inspected(read("t.csv", "hours,score\n1.5,20\n3,31.5\n"))["notices"]


REFUSED = {
    "empty.csv": ("", "empty"),
    "blank.txt": (" \n\n\t\n", "empty"),
    "names.csv": ("width,height\n", ("no row", "only names", "names but")),
    "prose.txt": ("Dear Ada,\nthe kettle is broken again.\nYours, Bor\n", ("number", "table")),
    "words.csv": ("town,colour\nAda,red\nBor,blue\n", "number"),
    "model.pkl": (b"\x80\x04\x95\x0c\0\0\0\0\0\0\0]\x94(K\x01K\x02e.", "CSV"),
    "list.pickle": (b"\x80\x05]\x94(K\x01K\x02e.", "CSV"),
    "page.csv": ("<!DOCTYPE html>\n<html><body><h1>404</h1></body></html>\n", ("HTML", "web page")),
    "deep.json": ('{"a": {"b": [{"c": 1}]}, "d": "e"}', "JSON"),
    "noise.dat": (bytes(range(7, 256)) * 4, ("not a text file", "CSV")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence_that_helps(read, name):
    content, says = REFUSED[name]
    with pytest.raises(DataFileError) as caught:
        read(name, content)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert any(word.casefold() in sentence.casefold() for word in either(says)), sentence
