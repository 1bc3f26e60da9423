// The look of the component library: small, quiet, one calm blue. Colours repeat those of screen.css.
import type { ThemeConfig } from 'antd';

export const FONT_STACK = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#285a9c',
    colorInfo: '#285a9c',
    colorLink: '#285a9c',
    colorError: '#b3261e',
    colorWarning: '#9a5b00',
    colorSuccess: '#2e7048',
    colorText: '#1d2530',
    colorTextSecondary: '#56616f',
    colorTextTertiary: '#667080',
    colorTextPlaceholder: '#6b7583',
    colorBorder: '#c9d0d9',
    colorBorderSecondary: '#e1e5ea',
    colorBgLayout: '#eef0f3',
    fontFamily: FONT_STACK,
    fontSize: 14,
    fontSizeSM: 12,
    borderRadius: 4,
    borderRadiusLG: 6,
    controlHeight: 32,
    controlHeightSM: 24,
    sizeUnit: 4,
    sizeStep: 4,
    wireframe: false,
    // Whoever asks their system for less motion gets none.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { paddingInline: 12, paddingInlineSM: 8, primaryShadow: 'none', defaultShadow: 'none', contentFontSizeSM: 12 },
    Tooltip: { fontSize: 12, colorBgSpotlight: '#1d2530' },
    Table: { cellPaddingBlockSM: 4, cellPaddingInlineSM: 8, headerBg: '#f5f6f8' },
    Modal: { titleFontSize: 16 },
    Drawer: { paddingLG: 16, padding: 12 },
    Select: { optionPadding: '4px 8px', optionHeight: 28 },
  },
};
