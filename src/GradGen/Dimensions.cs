namespace GradGen;

/// <summary>The dimension of size 1.</summary>
[Dimension(1)]
public readonly struct N1 : IDimension
{
    /// <summary>1.</summary>
    public static int Size => 1;
}

/// <summary>The dimension of size 2.</summary>
[Dimension(2)]
public readonly struct N2 : IDimension
{
    /// <summary>2.</summary>
    public static int Size => 2;
}

/// <summary>The dimension of size 3.</summary>
[Dimension(3)]
public readonly struct N3 : IDimension
{
    /// <summary>3.</summary>
    public static int Size => 3;
}

/// <summary>The dimension of size 4.</summary>
[Dimension(4)]
public readonly struct N4 : IDimension
{
    /// <summary>4.</summary>
    public static int Size => 4;
}

/// <summary>The dimension of size 5.</summary>
[Dimension(5)]
public readonly struct N5 : IDimension
{
    /// <summary>5.</summary>
    public static int Size => 5;
}

/// <summary>The dimension of size 6.</summary>
[Dimension(6)]
public readonly struct N6 : IDimension
{
    /// <summary>6.</summary>
    public static int Size => 6;
}

/// <summary>The dimension of size 7.</summary>
[Dimension(7)]
public readonly struct N7 : IDimension
{
    /// <summary>7.</summary>
    public static int Size => 7;
}

/// <summary>The dimension of size 8.</summary>
[Dimension(8)]
public readonly struct N8 : IDimension
{
    /// <summary>8.</summary>
    public static int Size => 8;
}

/// <summary>The dimension of size 9.</summary>
[Dimension(9)]
public readonly struct N9 : IDimension
{
    /// <summary>9.</summary>
    public static int Size => 9;
}

/// <summary>The dimension of size 10.</summary>
[Dimension(10)]
public readonly struct N10 : IDimension
{
    /// <summary>10.</summary>
    public static int Size => 10;
}

/// <summary>The dimension of size 11.</summary>
[Dimension(11)]
public readonly struct N11 : IDimension
{
    /// <summary>11.</summary>
    public static int Size => 11;
}

/// <summary>The dimension of size 12.</summary>
[Dimension(12)]
public readonly struct N12 : IDimension
{
    /// <summary>12.</summary>
    public static int Size => 12;
}

/// <summary>The dimension of size 13.</summary>
[Dimension(13)]
public readonly struct N13 : IDimension
{
    /// <summary>13.</summary>
    public static int Size => 13;
}

/// <summary>The dimension of size 14.</summary>
[Dimension(14)]
public readonly struct N14 : IDimension
{
    /// <summary>14.</summary>
    public static int Size => 14;
}

/// <summary>The dimension of size 15.</summary>
[Dimension(15)]
public readonly struct N15 : IDimension
{
    /// <summary>15.</summary>
    public static int Size => 15;
}

/// <summary>The dimension of size 16.</summary>
[Dimension(16)]
public readonly struct N16 : IDimension
{
    /// <summary>16.</summary>
    public static int Size => 16;
}

/// <summary>The dimension of size 17.</summary>
[Dimension(17)]
public readonly struct N17 : IDimension
{
    /// <summary>17.</summary>
    public static int Size => 17;
}

/// <summary>The dimension of size 18.</summary>
[Dimension(18)]
public readonly struct N18 : IDimension
{
    /// <summary>18.</summary>
    public static int Size => 18;
}

/// <summary>The dimension of size 19.</summary>
[Dimension(19)]
public readonly struct N19 : IDimension
{
    /// <summary>19.</summary>
    public static int Size => 19;
}

/// <summary>The dimension of size 20.</summary>
[Dimension(20)]
public readonly struct N20 : IDimension
{
    /// <summary>20.</summary>
    public static int Size => 20;
}

/// <summary>The dimension of size 21.</summary>
[Dimension(21)]
public readonly struct N21 : IDimension
{
    /// <summary>21.</summary>
    public static int Size => 21;
}

/// <summary>The dimension of size 22.</summary>
[Dimension(22)]
public readonly struct N22 : IDimension
{
    /// <summary>22.</summary>
    public static int Size => 22;
}

/// <summary>The dimension of size 23.</summary>
[Dimension(23)]
public readonly struct N23 : IDimension
{
    /// <summary>23.</summary>
    public static int Size => 23;
}

/// <summary>The dimension of size 24.</summary>
[Dimension(24)]
public readonly struct N24 : IDimension
{
    /// <summary>24.</summary>
    public static int Size => 24;
}

/// <summary>The dimension of size 25.</summary>
[Dimension(25)]
public readonly struct N25 : IDimension
{
    /// <summary>25.</summary>
    public static int Size => 25;
}

/// <summary>The dimension of size 26.</summary>
[Dimension(26)]
public readonly struct N26 : IDimension
{
    /// <summary>26.</summary>
    public static int Size => 26;
}

/// <summary>The dimension of size 27.</summary>
[Dimension(27)]
public readonly struct N27 : IDimension
{
    /// <summary>27.</summary>
    public static int Size => 27;
}

/// <summary>The dimension of size 28.</summary>
[Dimension(28)]
public readonly struct N28 : IDimension
{
    /// <summary>28.</summary>
    public static int Size => 28;
}

/// <summary>The dimension of size 29.</summary>
[Dimension(29)]
public readonly struct N29 : IDimension
{
    /// <summary>29.</summary>
    public static int Size => 29;
}

/// <summary>The dimension of size 30.</summary>
[Dimension(30)]
public readonly struct N30 : IDimension
{
    /// <summary>30.</summary>
    public static int Size => 30;
}

/// <summary>The dimension of size 31.</summary>
[Dimension(31)]
public readonly struct N31 : IDimension
{
    /// <summary>31.</summary>
    public static int Size => 31;
}

/// <summary>The dimension of size 32.</summary>
[Dimension(32)]
public readonly struct N32 : IDimension
{
    /// <summary>32.</summary>
    public static int Size => 32;
}

/// <summary>The dimension of size 33.</summary>
[Dimension(33)]
public readonly struct N33 : IDimension
{
    /// <summary>33.</summary>
    public static int Size => 33;
}

/// <summary>The dimension of size 34.</summary>
[Dimension(34)]
public readonly struct N34 : IDimension
{
    /// <summary>34.</summary>
    public static int Size => 34;
}

/// <summary>The dimension of size 35.</summary>
[Dimension(35)]
public readonly struct N35 : IDimension
{
    /// <summary>35.</summary>
    public static int Size => 35;
}

/// <summary>The dimension of size 36.</summary>
[Dimension(36)]
public readonly struct N36 : IDimension
{
    /// <summary>36.</summary>
    public static int Size => 36;
}

/// <summary>The dimension of size 37.</summary>
[Dimension(37)]
public readonly struct N37 : IDimension
{
    /// <summary>37.</summary>
    public static int Size => 37;
}

/// <summary>The dimension of size 38.</summary>
[Dimension(38)]
public readonly struct N38 : IDimension
{
    /// <summary>38.</summary>
    public static int Size => 38;
}

/// <summary>The dimension of size 39.</summary>
[Dimension(39)]
public readonly struct N39 : IDimension
{
    /// <summary>39.</summary>
    public static int Size => 39;
}

/// <summary>The dimension of size 40.</summary>
[Dimension(40)]
public readonly struct N40 : IDimension
{
    /// <summary>40.</summary>
    public static int Size => 40;
}

/// <summary>The dimension of size 41.</summary>
[Dimension(41)]
public readonly struct N41 : IDimension
{
    /// <summary>41.</summary>
    public static int Size => 41;
}

/// <summary>The dimension of size 42.</summary>
[Dimension(42)]
public readonly struct N42 : IDimension
{
    /// <summary>42.</summary>
    public static int Size => 42;
}

/// <summary>The dimension of size 43.</summary>
[Dimension(43)]
public readonly struct N43 : IDimension
{
    /// <summary>43.</summary>
    public static int Size => 43;
}

/// <summary>The dimension of size 44.</summary>
[Dimension(44)]
public readonly struct N44 : IDimension
{
    /// <summary>44.</summary>
    public static int Size => 44;
}

/// <summary>The dimension of size 45.</summary>
[Dimension(45)]
public readonly struct N45 : IDimension
{
    /// <summary>45.</summary>
    public static int Size => 45;
}

/// <summary>The dimension of size 46.</summary>
[Dimension(46)]
public readonly struct N46 : IDimension
{
    /// <summary>46.</summary>
    public static int Size => 46;
}

/// <summary>The dimension of size 47.</summary>
[Dimension(47)]
public readonly struct N47 : IDimension
{
    /// <summary>47.</summary>
    public static int Size => 47;
}

/// <summary>The dimension of size 48.</summary>
[Dimension(48)]
public readonly struct N48 : IDimension
{
    /// <summary>48.</summary>
    public static int Size => 48;
}

/// <summary>The dimension of size 49.</summary>
[Dimension(49)]
public readonly struct N49 : IDimension
{
    /// <summary>49.</summary>
    public static int Size => 49;
}

/// <summary>The dimension of size 50.</summary>
[Dimension(50)]
public readonly struct N50 : IDimension
{
    /// <summary>50.</summary>
    public static int Size => 50;
}

/// <summary>The dimension of size 51.</summary>
[Dimension(51)]
public readonly struct N51 : IDimension
{
    /// <summary>51.</summary>
    public static int Size => 51;
}

/// <summary>The dimension of size 52.</summary>
[Dimension(52)]
public readonly struct N52 : IDimension
{
    /// <summary>52.</summary>
    public static int Size => 52;
}

/// <summary>The dimension of size 53.</summary>
[Dimension(53)]
public readonly struct N53 : IDimension
{
    /// <summary>53.</summary>
    public static int Size => 53;
}

/// <summary>The dimension of size 54.</summary>
[Dimension(54)]
public readonly struct N54 : IDimension
{
    /// <summary>54.</summary>
    public static int Size => 54;
}

/// <summary>The dimension of size 55.</summary>
[Dimension(55)]
public readonly struct N55 : IDimension
{
    /// <summary>55.</summary>
    public static int Size => 55;
}

/// <summary>The dimension of size 56.</summary>
[Dimension(56)]
public readonly struct N56 : IDimension
{
    /// <summary>56.</summary>
    public static int Size => 56;
}

/// <summary>The dimension of size 57.</summary>
[Dimension(57)]
public readonly struct N57 : IDimension
{
    /// <summary>57.</summary>
    public static int Size => 57;
}

/// <summary>The dimension of size 58.</summary>
[Dimension(58)]
public readonly struct N58 : IDimension
{
    /// <summary>58.</summary>
    public static int Size => 58;
}

/// <summary>The dimension of size 59.</summary>
[Dimension(59)]
public readonly struct N59 : IDimension
{
    /// <summary>59.</summary>
    public static int Size => 59;
}

/// <summary>The dimension of size 60.</summary>
[Dimension(60)]
public readonly struct N60 : IDimension
{
    /// <summary>60.</summary>
    public static int Size => 60;
}

/// <summary>The dimension of size 61.</summary>
[Dimension(61)]
public readonly struct N61 : IDimension
{
    /// <summary>61.</summary>
    public static int Size => 61;
}

/// <summary>The dimension of size 62.</summary>
[Dimension(62)]
public readonly struct N62 : IDimension
{
    /// <summary>62.</summary>
    public static int Size => 62;
}

/// <summary>The dimension of size 63.</summary>
[Dimension(63)]
public readonly struct N63 : IDimension
{
    /// <summary>63.</summary>
    public static int Size => 63;
}

/// <summary>The dimension of size 64.</summary>
[Dimension(64)]
public readonly struct N64 : IDimension
{
    /// <summary>64.</summary>
    public static int Size => 64;
}

/// <summary>The dimension of size 65.</summary>
[Dimension(65)]
public readonly struct N65 : IDimension
{
    /// <summary>65.</summary>
    public static int Size => 65;
}

/// <summary>The dimension of size 66.</summary>
[Dimension(66)]
public readonly struct N66 : IDimension
{
    /// <summary>66.</summary>
    public static int Size => 66;
}

/// <summary>The dimension of size 67.</summary>
[Dimension(67)]
public readonly struct N67 : IDimension
{
    /// <summary>67.</summary>
    public static int Size => 67;
}

/// <summary>The dimension of size 68.</summary>
[Dimension(68)]
public readonly struct N68 : IDimension
{
    /// <summary>68.</summary>
    public static int Size => 68;
}

/// <summary>The dimension of size 69.</summary>
[Dimension(69)]
public readonly struct N69 : IDimension
{
    /// <summary>69.</summary>
    public static int Size => 69;
}

/// <summary>The dimension of size 70.</summary>
[Dimension(70)]
public readonly struct N70 : IDimension
{
    /// <summary>70.</summary>
    public static int Size => 70;
}

/// <summary>The dimension of size 71.</summary>
[Dimension(71)]
public readonly struct N71 : IDimension
{
    /// <summary>71.</summary>
    public static int Size => 71;
}

/// <summary>The dimension of size 72.</summary>
[Dimension(72)]
public readonly struct N72 : IDimension
{
    /// <summary>72.</summary>
    public static int Size => 72;
}

/// <summary>The dimension of size 73.</summary>
[Dimension(73)]
public readonly struct N73 : IDimension
{
    /// <summary>73.</summary>
    public static int Size => 73;
}

/// <summary>The dimension of size 74.</summary>
[Dimension(74)]
public readonly struct N74 : IDimension
{
    /// <summary>74.</summary>
    public static int Size => 74;
}

/// <summary>The dimension of size 75.</summary>
[Dimension(75)]
public readonly struct N75 : IDimension
{
    /// <summary>75.</summary>
    public static int Size => 75;
}

/// <summary>The dimension of size 76.</summary>
[Dimension(76)]
public readonly struct N76 : IDimension
{
    /// <summary>76.</summary>
    public static int Size => 76;
}

/// <summary>The dimension of size 77.</summary>
[Dimension(77)]
public readonly struct N77 : IDimension
{
    /// <summary>77.</summary>
    public static int Size => 77;
}

/// <summary>The dimension of size 78.</summary>
[Dimension(78)]
public readonly struct N78 : IDimension
{
    /// <summary>78.</summary>
    public static int Size => 78;
}

/// <summary>The dimension of size 79.</summary>
[Dimension(79)]
public readonly struct N79 : IDimension
{
    /// <summary>79.</summary>
    public static int Size => 79;
}

/// <summary>The dimension of size 80.</summary>
[Dimension(80)]
public readonly struct N80 : IDimension
{
    /// <summary>80.</summary>
    public static int Size => 80;
}

/// <summary>The dimension of size 81.</summary>
[Dimension(81)]
public readonly struct N81 : IDimension
{
    /// <summary>81.</summary>
    public static int Size => 81;
}

/// <summary>The dimension of size 82.</summary>
[Dimension(82)]
public readonly struct N82 : IDimension
{
    /// <summary>82.</summary>
    public static int Size => 82;
}

/// <summary>The dimension of size 83.</summary>
[Dimension(83)]
public readonly struct N83 : IDimension
{
    /// <summary>83.</summary>
    public static int Size => 83;
}

/// <summary>The dimension of size 84.</summary>
[Dimension(84)]
public readonly struct N84 : IDimension
{
    /// <summary>84.</summary>
    public static int Size => 84;
}

/// <summary>The dimension of size 85.</summary>
[Dimension(85)]
public readonly struct N85 : IDimension
{
    /// <summary>85.</summary>
    public static int Size => 85;
}

/// <summary>The dimension of size 86.</summary>
[Dimension(86)]
public readonly struct N86 : IDimension
{
    /// <summary>86.</summary>
    public static int Size => 86;
}

/// <summary>The dimension of size 87.</summary>
[Dimension(87)]
public readonly struct N87 : IDimension
{
    /// <summary>87.</summary>
    public static int Size => 87;
}

/// <summary>The dimension of size 88.</summary>
[Dimension(88)]
public readonly struct N88 : IDimension
{
    /// <summary>88.</summary>
    public static int Size => 88;
}

/// <summary>The dimension of size 89.</summary>
[Dimension(89)]
public readonly struct N89 : IDimension
{
    /// <summary>89.</summary>
    public static int Size => 89;
}

/// <summary>The dimension of size 90.</summary>
[Dimension(90)]
public readonly struct N90 : IDimension
{
    /// <summary>90.</summary>
    public static int Size => 90;
}

/// <summary>The dimension of size 91.</summary>
[Dimension(91)]
public readonly struct N91 : IDimension
{
    /// <summary>91.</summary>
    public static int Size => 91;
}

/// <summary>The dimension of size 92.</summary>
[Dimension(92)]
public readonly struct N92 : IDimension
{
    /// <summary>92.</summary>
    public static int Size => 92;
}

/// <summary>The dimension of size 93.</summary>
[Dimension(93)]
public readonly struct N93 : IDimension
{
    /// <summary>93.</summary>
    public static int Size => 93;
}

/// <summary>The dimension of size 94.</summary>
[Dimension(94)]
public readonly struct N94 : IDimension
{
    /// <summary>94.</summary>
    public static int Size => 94;
}

/// <summary>The dimension of size 95.</summary>
[Dimension(95)]
public readonly struct N95 : IDimension
{
    /// <summary>95.</summary>
    public static int Size => 95;
}

/// <summary>The dimension of size 96.</summary>
[Dimension(96)]
public readonly struct N96 : IDimension
{
    /// <summary>96.</summary>
    public static int Size => 96;
}

/// <summary>The dimension of size 97.</summary>
[Dimension(97)]
public readonly struct N97 : IDimension
{
    /// <summary>97.</summary>
    public static int Size => 97;
}

/// <summary>The dimension of size 98.</summary>
[Dimension(98)]
public readonly struct N98 : IDimension
{
    /// <summary>98.</summary>
    public static int Size => 98;
}

/// <summary>The dimension of size 99.</summary>
[Dimension(99)]
public readonly struct N99 : IDimension
{
    /// <summary>99.</summary>
    public static int Size => 99;
}

/// <summary>The dimension of size 100.</summary>
[Dimension(100)]
public readonly struct N100 : IDimension
{
    /// <summary>100.</summary>
    public static int Size => 100;
}

/// <summary>The dimension of size 101.</summary>
[Dimension(101)]
public readonly struct N101 : IDimension
{
    /// <summary>101.</summary>
    public static int Size => 101;
}

/// <summary>The dimension of size 102.</summary>
[Dimension(102)]
public readonly struct N102 : IDimension
{
    /// <summary>102.</summary>
    public static int Size => 102;
}

/// <summary>The dimension of size 103.</summary>
[Dimension(103)]
public readonly struct N103 : IDimension
{
    /// <summary>103.</summary>
    public static int Size => 103;
}

/// <summary>The dimension of size 104.</summary>
[Dimension(104)]
public readonly struct N104 : IDimension
{
    /// <summary>104.</summary>
    public static int Size => 104;
}

/// <summary>The dimension of size 105.</summary>
[Dimension(105)]
public readonly struct N105 : IDimension
{
    /// <summary>105.</summary>
    public static int Size => 105;
}

/// <summary>The dimension of size 106.</summary>
[Dimension(106)]
public readonly struct N106 : IDimension
{
    /// <summary>106.</summary>
    public static int Size => 106;
}

/// <summary>The dimension of size 107.</summary>
[Dimension(107)]
public readonly struct N107 : IDimension
{
    /// <summary>107.</summary>
    public static int Size => 107;
}

/// <summary>The dimension of size 108.</summary>
[Dimension(108)]
public readonly struct N108 : IDimension
{
    /// <summary>108.</summary>
    public static int Size => 108;
}

/// <summary>The dimension of size 109.</summary>
[Dimension(109)]
public readonly struct N109 : IDimension
{
    /// <summary>109.</summary>
    public static int Size => 109;
}

/// <summary>The dimension of size 110.</summary>
[Dimension(110)]
public readonly struct N110 : IDimension
{
    /// <summary>110.</summary>
    public static int Size => 110;
}

/// <summary>The dimension of size 111.</summary>
[Dimension(111)]
public readonly struct N111 : IDimension
{
    /// <summary>111.</summary>
    public static int Size => 111;
}

/// <summary>The dimension of size 112.</summary>
[Dimension(112)]
public readonly struct N112 : IDimension
{
    /// <summary>112.</summary>
    public static int Size => 112;
}

/// <summary>The dimension of size 113.</summary>
[Dimension(113)]
public readonly struct N113 : IDimension
{
    /// <summary>113.</summary>
    public static int Size => 113;
}

/// <summary>The dimension of size 114.</summary>
[Dimension(114)]
public readonly struct N114 : IDimension
{
    /// <summary>114.</summary>
    public static int Size => 114;
}

/// <summary>The dimension of size 115.</summary>
[Dimension(115)]
public readonly struct N115 : IDimension
{
    /// <summary>115.</summary>
    public static int Size => 115;
}

/// <summary>The dimension of size 116.</summary>
[Dimension(116)]
public readonly struct N116 : IDimension
{
    /// <summary>116.</summary>
    public static int Size => 116;
}

/// <summary>The dimension of size 117.</summary>
[Dimension(117)]
public readonly struct N117 : IDimension
{
    /// <summary>117.</summary>
    public static int Size => 117;
}

/// <summary>The dimension of size 118.</summary>
[Dimension(118)]
public readonly struct N118 : IDimension
{
    /// <summary>118.</summary>
    public static int Size => 118;
}

/// <summary>The dimension of size 119.</summary>
[Dimension(119)]
public readonly struct N119 : IDimension
{
    /// <summary>119.</summary>
    public static int Size => 119;
}

/// <summary>The dimension of size 120.</summary>
[Dimension(120)]
public readonly struct N120 : IDimension
{
    /// <summary>120.</summary>
    public static int Size => 120;
}

/// <summary>The dimension of size 121.</summary>
[Dimension(121)]
public readonly struct N121 : IDimension
{
    /// <summary>121.</summary>
    public static int Size => 121;
}

/// <summary>The dimension of size 122.</summary>
[Dimension(122)]
public readonly struct N122 : IDimension
{
    /// <summary>122.</summary>
    public static int Size => 122;
}

/// <summary>The dimension of size 123.</summary>
[Dimension(123)]
public readonly struct N123 : IDimension
{
    /// <summary>123.</summary>
    public static int Size => 123;
}

/// <summary>The dimension of size 124.</summary>
[Dimension(124)]
public readonly struct N124 : IDimension
{
    /// <summary>124.</summary>
    public static int Size => 124;
}

/// <summary>The dimension of size 125.</summary>
[Dimension(125)]
public readonly struct N125 : IDimension
{
    /// <summary>125.</summary>
    public static int Size => 125;
}

/// <summary>The dimension of size 126.</summary>
[Dimension(126)]
public readonly struct N126 : IDimension
{
    /// <summary>126.</summary>
    public static int Size => 126;
}

/// <summary>The dimension of size 127.</summary>
[Dimension(127)]
public readonly struct N127 : IDimension
{
    /// <summary>127.</summary>
    public static int Size => 127;
}

/// <summary>The dimension of size 128.</summary>
[Dimension(128)]
public readonly struct N128 : IDimension
{
    /// <summary>128.</summary>
    public static int Size => 128;
}

/// <summary>The dimension of size 256.</summary>
[Dimension(256)]
public readonly struct N256 : IDimension
{
    /// <summary>256.</summary>
    public static int Size => 256;
}

/// <summary>The dimension of size 512.</summary>
[Dimension(512)]
public readonly struct N512 : IDimension
{
    /// <summary>512.</summary>
    public static int Size => 512;
}

/// <summary>The dimension of size 1024.</summary>
[Dimension(1024)]
public readonly struct N1024 : IDimension
{
    /// <summary>1024.</summary>
    public static int Size => 1024;
}
